import type { PairEvent, PairRevoked } from "../wire/pairEvent.js";

/**
 * Whether an event says that the pair was revoked. Comparing `kind` doesn't narrow the type, since an event of a kind
 * yet unknown may have any.
 *
 * @example
 * ```ts
 * if (isPairRevoked(event)) forget(event.pair_id);
 * ```
 */
export function isPairRevoked(event: PairEvent): event is PairRevoked {
  return event.kind === "pair_revoked";
}
