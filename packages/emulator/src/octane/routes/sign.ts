import { toBase64Url } from "../../encoding/base64url.js";
import { type Algo, algoOf, algoOfAddress, algos, type Chain } from "../../link/chains.js";
import type { SignAnswer } from "../../link/messages.js";
import type { Answer } from "../answer.js";
import { askUser } from "../askUser.js";
import { choosePairing, requireAuthority } from "../authority.js";
import { type PostCall, pairRevoked } from "../call.js";
import { envelopeOf } from "../envelope.js";
import { badField, bytes, knownChain, objectOf, oneOf, optional, text } from "../fields.js";
import { Refusal } from "../refusal.js";
import { rfc3339 } from "../time.js";

/** A sign request whose every field has the right form. */
export type SignRequest = {
  /** Exactly as it was sent: it is part of what is signed. */
  readonly address: string;
  readonly payload: Uint8Array;
  readonly algo: Algo;
  readonly sp_signature: Uint8Array;
  readonly pair_id?: string;
  readonly chain?: Chain;
};

/** `POST /sp/sign` (protocol page, sections Three signatures and Routes). */
export async function sign(call: PostCall): Promise<Answer> {
  const { octane, sp, requestId } = call;
  const request = read(call.body);
  const pairing = choosePairing(call, request);
  const envelope = envelopeOf(request.payload, request.address);
  if (!(await sp.verify(request.sp_signature, envelope))) {
    throw new Refusal(
      "bad_sp_signature",
      "sp_signature is not this service provider's Ed25519 signature over payload ‖ utf8(address).",
    );
  }
  requireAuthority(pairing, request);
  const answer = await askUser(call, pairing, request);
  const device_signature = signatureOf(answer);
  const octane_signature = toBase64Url(await octane.key.sign(envelope));
  // The pairing may have ended while its user was deciding: then no signature leaves.
  const after = octane.pairings.get(pairing.pair_id) ?? pairing;
  requireAuthority(after, request);
  const body = {
    device_signature,
    octane_signature,
    sp_signature: toBase64Url(request.sp_signature),
    request_id: requestId,
    signed_at: rfc3339(octane.now()),
  };
  return { status: 200, body, requestId };
}

/** Types first, then the chain's name, then the payload's length: the order of the protocol page. */
function read(body: unknown): SignRequest {
  const source = objectOf(body, "");
  const address = text(source, "address");
  const payload = bytes(source, "payload");
  const algo = oneOf(source, "algo", algos);
  const sp_signature = bytes(source, "sp_signature", 64);
  const pair_id = optional(source, "pair_id", text);
  const chainName = optional(source, "chain", text);
  const fitting = algoOfAddress(address) ?? algo;
  if (fitting !== algo) badField("algo", `must be "${fitting}" for this address`);
  const chain = chainName === undefined ? undefined : knownChain(chainName, "chain");
  if (chain !== undefined && algoOf(chain) !== algo)
    badField("algo", `must be "${algoOf(chain)}" on ${chain}`);
  if (algo === "secp256k1" && payload.length !== 32) {
    throw new Refusal(
      "payload_length",
      `payload must be the 32-byte digest for secp256k1, not ${payload.length} bytes: hash before signing.`,
    );
  }
  return {
    address,
    payload,
    algo,
    sp_signature,
    ...(pair_id === undefined ? {} : { pair_id }),
    ...(chain === undefined ? {} : { chain }),
  };
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
    case "withdrawn":
      // Its caller has gone, so nobody reads this.
      throw new Refusal("user_timeout", "The request was withdrawn before the user decided: ask again.");
  }
}
