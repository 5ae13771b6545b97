import { SignError } from "../errors/SignError.js";

/**
 * What a failed call says about the question to the user. `settled`: octane gave its answer. `open`: nobody knows. `none`:
 * this try did not get as far as the question.
 */
export function answerOf(error: unknown): "settled" | "open" | "none" {
  if (!(error instanceof SignError)) return "none";
  if ("outcome" in error && error.outcome === "unknown") return "open";
  // The answer was not octane's to this question, which the user may have been asked all the same.
  if (error.kind === "signature_mismatch") return "open";
  // Without a word of octane's own it is the answer of something in between.
  return error.kind === "http" && error.code !== undefined && !undecided.has(error.code) ? "settled" : "none";
}

/** What octane says before it looks at what is asked, or of the id itself. */
const undecided: ReadonlySet<string> = new Set([
  "unauthorized",
  "body_too_large",
  "unsupported_media_type",
  "bad_json",
  "bad_request",
  "rate_limited",
  "appliance_offline",
]);
