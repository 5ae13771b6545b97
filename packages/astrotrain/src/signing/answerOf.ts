import { SignError } from "../errors/SignError.js";

/**
 * What a failed call says about the question to the user. `settled`: octane gave its answer. `open`: nobody knows. `none`:
 * this try did not get as far as the question.
 */
export function answerOf(error: unknown): "settled" | "open" | "none" {
  if (!(error instanceof SignError)) return "none";
  if ("outcome" in error && error.outcome === "unknown") return "open";
  if (error.kind === "signature_mismatch") return "settled";
  return error.kind === "http" && !unheard.has(error.status) ? "settled" : "none";
}

/** Who asks comes before what is asked, and so does how often. An appliance that is offline was not asked either. */
const unheard: ReadonlySet<number> = new Set([401, 429, 503]);
