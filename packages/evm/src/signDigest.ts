import { type AstrotrainClient, b64uToBytes, SignError } from "@sigil/astrotrain";
import { type VerifiedSignature, verifySecp256k1 } from "./verifySecp256k1.js";

/** One wallet of an appliance, and who asks for it. */
export type EvmWallet = {
  readonly client: Pick<AstrotrainClient, "sign">;
  readonly address: `0x${string}`;
  readonly pairId?: string | undefined;
  /** Octane's name for the chain. */
  readonly chain?: string | undefined;
};

/**
 * Has the appliance sign a 32-byte digest and checks the answer on our own copy of the digest before handing it out.
 * That octane's payload for secp256k1 is the digest, and not what is hashed, is decided here and nowhere else.
 *
 * @throws SignError of kind `signature_mismatch`, party `device`, when the signature is not by the wallet's address
 * over this digest; whatever `client.sign` throws.
 */
export async function signDigest(wallet: EvmWallet, digest: Uint8Array): Promise<VerifiedSignature> {
  const { client, address, pairId, chain } = wallet;
  const ours = new Uint8Array(digest);
  const answer = await client.sign({ address, payload: ours.slice(), algo: "secp256k1", pairId, chain });
  const verified = verifySecp256k1(ours, readSignature(answer.device_signature), address);
  if (verified !== undefined) return verified;
  throw new SignError(
    `The device's signature is not by ${address} over the digest that was sent. Nothing of it was used: do not retry ` +
      "before you know who answers at octaneUrl, and that the address is the paired wallet's.",
    { kind: "signature_mismatch", party: "device" },
  );
}

/** A client of the user's own making may answer with anything. */
function readSignature(signature: unknown): Uint8Array {
  try {
    return b64uToBytes(signature as string);
  } catch (cause) {
    throw new SignError("sign failed: device_signature is not base64url.", { kind: "deserialise", cause });
  }
}
