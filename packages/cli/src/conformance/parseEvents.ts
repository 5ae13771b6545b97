import { type Json, objectOf } from "./Json.js";

/** One event of a stream of server-sent events. */
export type StreamEvent = {
  /** What stood in `event:`, if anything did. */
  readonly event: string | undefined;
  /** The object in `data:`, empty where it is none. */
  readonly data: Json;
};

/** The events that are complete in the text so far; comments and what has no data are none. */
export function parseEvents(text: string): readonly StreamEvent[] {
  // The piece after the last blank line is not complete.
  const blocks = text.replace(/\r\n?/g, "\n").split("\n\n").slice(0, -1);
  return blocks.map(eventOf).filter((event) => event !== undefined);
}

function eventOf(block: string): StreamEvent | undefined {
  const lines = block.split("\n");
  const data = valuesOf(lines, "data");
  if (data.length === 0) return undefined;
  return { event: valuesOf(lines, "event").at(-1), data: objectOf(data.join("\n")) };
}

function valuesOf(lines: readonly string[], field: string): readonly string[] {
  return lines
    .filter((line) => line === field || line.startsWith(`${field}:`))
    .map((line) => line.slice(field.length + 1).replace(/^ /, ""));
}
