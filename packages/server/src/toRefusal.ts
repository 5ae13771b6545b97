import { PairError } from "@sigil/astrotrain/pairing";
import { Refusal } from "./Refusal.js";

/** What a page is told of a failure: that something failed, and whether it was here or behind. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof PairError)) return new Refusal("internal_error");
  if (error.kind === "http" && error.status === 429) return rateLimited(error.retryAfterMs);
  return new Refusal("upstream_failed");
}

/** What octane said of the SP's rate, passed on: the page is the one that can wait. */
export const rateLimited = (retryAfterMs: number | undefined): Refusal =>
  new Refusal(
    "rate_limited",
    retryAfterMs === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterMs / 1000)) },
  );
