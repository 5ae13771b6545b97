import type { Frame, StreamAnswer } from "../answer.js";
import { type Call, type OctaneState, pairingOf } from "../call.js";
import { frameStream } from "../sse.js";

/** `GET /sp/pairings/{pair_id}/events` (protocol page, subscribeToEvents): one frame, once the pairing is revoked. */
export async function pairEvents(call: Call): Promise<StreamAnswer> {
  const { octane, signal, requestId } = call;
  const { pair_id } = pairingOf(call, call.params.pair_id);
  const frame = (): Frame | undefined => revokedFrame(octane, pair_id);
  const stream = frameStream({
    frame,
    watch: (wake) => octane.pairings.watch(pair_id, wake),
    signal,
    safe: octane.journal.safe,
  });
  return { stream, frame, requestId };
}

function revokedFrame(octane: OctaneState, pair_id: string): Frame | undefined {
  const pairing = octane.pairings.get(pair_id);
  if (pairing?.state !== "revoked") return undefined;
  const frame = { kind: "pair_revoked", pair_id, revoked_at_ms: pairing.revoked_at_ms };
  return frame;
}
