import { SignError } from "../errors/SignError.js";
import { isUndecided } from "./isUndecided.js";

/**
 * What a failed call says about the question to the user. `settled`: octane gave its answer. `open`: nobody knows. `none`:
 * this try did not get as far as the question.
 */
export function answerOf(error: unknown): "settled" | "open" | "none" {
  if (!(error instanceof SignError)) return "none";
  if ("outcome" in error && error.outcome === "unknown") return "open";
  // The answer was not octane's to this question, which the user may have been asked all the same.
  if (error.kind === "signature_mismatch") return "open";
  // Without an outcome it is octane's own word.
  return error.kind === "http" && !isUndecided(error) ? "settled" : "none";
}
