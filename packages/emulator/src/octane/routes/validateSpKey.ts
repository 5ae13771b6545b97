import type { Answer } from "../answer.js";
import { type PostCall, pairingOf, pairRevoked, requireNotRevoked } from "../call.js";
import { objectOf, text } from "../fields.js";
import { reach } from "../offline.js";
import { Refusal } from "../refusal.js";
import { revoke } from "../revoke.js";

/** `POST /sp/pair/validate` (protocol page, validateSpKey). The appliance compares and counts; octane only carries. */
export async function validateSpKey(call: PostCall): Promise<Answer> {
  const { octane, requestId } = call;
  const source = objectOf(call.body, "");
  const pairId = text(source, "pair_id");
  const code = text(source, "code");
  const pairing = pairingOf(call, pairId);
  requireNotRevoked(pairing);
  const answer = await reach(() =>
    octane.appliances.get(pairing.appliance_id).validate({ pair_id: pairId, code }),
  );
  if (answer.kind === "wrong") {
    if (answer.revoked) await revoke(octane, pairId);
    throw wrongCode(answer.revoked);
  }
  if (answer.kind === "revoked") throw pairRevoked();
  // Its owner may have revoked it while the code was on its way.
  requireNotRevoked(pairingOf(call, pairId));
  if (octane.pairings.activate(pairId)) {
    const { sp_id, appliance_id } = pairing;
    octane.emit("pair_activated", { pair_id: pairId, sp_id, appliance_id });
  }
  const { signature, device_public_key } = answer;
  return { status: 200, body: { signature, device_public_key }, requestId };
}

function wrongCode(revoked: boolean): Refusal {
  const message = revoked
    ? "The code is not the one the user gave, too often in a row: the pairing has been revoked, pair again."
    : "The code is not the one the user gave on the appliance: ask the user to compare it.";
  return new Refusal("wrong_validation_code", message);
}
