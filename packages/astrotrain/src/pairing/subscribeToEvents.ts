import { checkId, checkOptions } from "../internal/arguments.js";
import { waitForFrame } from "../transport/waitForFrame.js";
import { decodePairEvent, type PairEvent, pairEventsPath } from "../wire/pairEvent.js";
import { type PairingOptions, pairCall } from "./pairCall.js";

export type SubscribeToEventsOptions = PairingOptions & {
  readonly pairId: string;
};

/**
 * Waits for the next event of a pair (`GET /sp/pairings/{pair_id}/events`) and resolves with it, whatever its kind;
 * today the one kind is `pair_revoked`, which comes at once when the pair is revoked already. A stream that is cut
 * is taken up again.
 *
 * @throws PairError of kind `network` on abort, on time-out (none by default) and when octane stays out of reach for
 * about half a minute; `http`, `deserialise`, `malformed_sse_frame`.
 * @throws ConfigError when an argument is wrong; no request leaves.
 * @example
 * ```ts
 * const event = await subscribeToEvents({ octaneUrl, apiKey, pairId, signal });
 * if (isPairRevoked(event)) forget(event.pair_id);
 * ```
 */
export async function subscribeToEvents(options: SubscribeToEventsOptions): Promise<PairEvent> {
  checkOptions(options);
  const pairId = checkId("pairId", options.pairId);
  return pairCall("subscribeToEvents", options, undefined, (endpoint, attempt) =>
    waitForFrame(endpoint, pairEventsPath(pairId), attempt, (frame) => decodePairEvent(frame, pairId)),
  );
}
