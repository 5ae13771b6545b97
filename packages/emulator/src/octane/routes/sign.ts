import { rfc3339 } from "../../clock/moment.js";
import { toBase64Url } from "../../encoding/base64url.js";
import type { SignAnswer } from "../../link/messages.js";
import type { Answer } from "../answer.js";
import { askUser } from "../askUser.js";
import { choosePairing, requireAuthority, signingChains } from "../authority.js";
import { type PostCall, pairRevoked } from "../call.js";
import { envelopeOf } from "../envelope.js";
import { Refusal } from "../refusal.js";
import { requireSupported } from "../requireSupported.js";
import { readSignRequest } from "../signRequest.js";

/** `POST /sp/sign` (protocol page, sections Three signatures and Routes). */
export async function sign(call: PostCall): Promise<Answer> {
  const { octane, sp, requestId } = call;
  const request = readSignRequest(call.body);
  const pairing = choosePairing(call, request);
  const envelope = envelopeOf(request.payload, request.address);
  if (!(await sp.verify(request.sp_signature, envelope))) {
    throw new Refusal(
      "bad_sp_signature",
      "sp_signature is not this service provider's Ed25519 signature over payload ‖ utf8(address).",
    );
  }
  requireAuthority(pairing, request);
  requireSupported(call, signingChains(pairing, request));
  const answer = await askUser(call, pairing, request);
  const device_signature = signatureOf(answer);
  const octane_signature = toBase64Url(await octane.key.sign(envelope));
  // The pairing may have ended while its user was deciding: then no signature leaves.
  const after = octane.pairings.get(pairing.pair_id);
  if (after === undefined) throw pairRevoked();
  requireAuthority(after, request);
  const body = {
    device_signature,
    octane_signature,
    sp_signature: toBase64Url(request.sp_signature),
    request_id: requestId,
    signed_at: rfc3339(octane.clock.now()),
  };
  return { status: 200, body, requestId };
}

function signatureOf(answer: SignAnswer): string {
  switch (answer.kind) {
    case "signed":
      return answer.signature;
    case "rejected":
      throw new Refusal("user_rejected", `The user refused to sign: ${answer.reason}.`);
    case "revoked":
      throw pairRevoked();
    case "out_of_scope":
      throw new Refusal("scope_denied", "The appliance does not let this pairing sign for the address.");
  }
}
