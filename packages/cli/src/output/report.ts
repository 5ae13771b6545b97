import type { Io, Output } from "../io.js";
import { createPaint, type Paint } from "./paint.js";
import { plainJson } from "./plain.js";

/** How a command says what it does and what came of it. */
export type Report = {
  /** Whether one JSON document is wanted on stdout, and nothing else there. */
  readonly json: boolean;
  /** Where `say` prints: stdout, or stderr where stdout is the document's. */
  readonly talk: Output;
  /** For what `say` prints. */
  readonly paint: Paint;
  /** Lines for people, at once. */
  readonly say: (...lines: readonly string[]) => void;
  /** What came of it: `document` as JSON, or `lines` for people. */
  readonly result: (document: object, lines: readonly string[]) => void;
};

export function createReport({ stdout, stderr, env }: Io, json: boolean): Report {
  const talk = json ? stderr : stdout;
  const say = (...lines: readonly string[]): void => {
    if (lines.length > 0) talk.write(`${lines.join("\n")}\n`);
  };
  return {
    json,
    talk,
    paint: createPaint(talk, env),
    say,
    result: (document, lines) => {
      if (json) stdout.write(`${plainJson(document)}\n`);
      else say(...lines);
    },
  };
}
