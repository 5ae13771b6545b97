import { asObject, type Json, objectOf } from "./Json.js";
import { all, holds, type Verdict } from "./Verdict.js";

/** What octane answered. */
export type Answer = {
  /** Method and path. */
  readonly to: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body's object, empty where it is none. */
  readonly body: Json;
};

/** Puts an answer together. */
export function answerOf(to: string, { status, headers }: Response, text: string): Answer {
  return { to, status, headers, text, body: objectOf(text) };
}

/** The code of a refusal. */
export function codeOf({ body }: Answer): unknown {
  return asObject(body.error).code;
}

/** The answer in a few words: status, and code or body. */
export function describe(answer: Answer): string {
  const code = codeOf(answer);
  return `${answer.status} ${typeof code === "string" ? code : answer.text}`.trim();
}

/** Holds where octane answered with this status. */
export function answered(answer: Answer, status: number): Verdict {
  return holds(answer.status === status, `${status} to ${answer.to}`, describe(answer));
}

/** Holds where octane did as it was asked; which 2xx it says so with is another check. */
export function granted(answer: Answer): Verdict {
  return holds(answer.status >= 200 && answer.status < 300, `2xx to ${answer.to}`, describe(answer));
}

/** Holds where octane refused with this status and code. */
export function refused(answer: Answer, status: number, code: string): Verdict {
  const as = answer.status === status && codeOf(answer) === code;
  return holds(as, `${status} ${code} to ${answer.to}`, describe(answer));
}

/** Holds where each answer is this refusal. */
export function allRefused(answers: readonly Answer[], status: number, code: string): Verdict {
  return all(...answers.map((answer) => refused(answer, status, code)));
}

/** The media type of an answer, without its parameters. */
export function mediaType(headers: Headers): string {
  return (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}
