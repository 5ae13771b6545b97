import { PairError } from "@sigil/astrotrain/pairing";
import { Refusal } from "./Refusal.js";

/** What a page is told of a failure: that something failed, and whether it was here or behind. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof PairError)) return new Refusal("internal_error");
  if (error.kind === "http" && error.status === 429)
    return new Refusal("rate_limited", retryAfter(error.retryAfterMs));
  return new Refusal("upstream_failed");
}

const retryAfter = (ms: number | undefined): Record<string, string> =>
  ms === undefined ? {} : { "retry-after": String(Math.ceil(ms / 1000)) };
