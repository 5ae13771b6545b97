import { waitForFrame } from "../transport/waitForFrame.js";
import { decodePairEvent, type PairRevoked, pairEventsPath } from "../wire/pairEvent.js";
import { isPairRevoked } from "./isPairRevoked.js";
import { type PairingOptions, pairCall } from "./pairCall.js";

/** Waits until a pair is revoked, and lets all other events pass. @throws PairError */
export function awaitRevocation(pairId: string, options: PairingOptions): Promise<PairRevoked> {
  return pairCall("watchPair", options, undefined, (endpoint, attempt) =>
    waitForFrame(endpoint, pairEventsPath(pairId), attempt, (frame) => {
      const event = decodePairEvent(frame, pairId);
      return isPairRevoked(event) ? event : undefined;
    }),
  );
}
