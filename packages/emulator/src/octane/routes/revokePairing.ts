import type { Answer } from "../answer.js";
import { type Call, pairingOf } from "../call.js";
import { revoke } from "../revoke.js";

/** `DELETE /sp/pairings/{pair_id}` (protocol page, revokePairing): idempotent, the row stays as the first call left it. */
export async function revokePairing(call: Call): Promise<Answer> {
  const { pair_id } = pairingOf(call, call.params.pair_id);
  const revoked = await revoke(call.octane, pair_id);
  const revoked_at_ms = call.octane.pairings.get(pair_id)?.revoked_at_ms;
  return { status: 200, body: { revoked, pair_id, revoked_at_ms }, requestId: call.requestId };
}
