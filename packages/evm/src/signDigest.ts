import { type SigningClient, signVerified } from "@sigil/astrotrain/adapter";
import type { RecoverOption } from "./RecoverPublicKey.js";
import type { VerifiedSignature } from "./verifyKnowing.js";
import { verifySecp256k1 } from "./verifySecp256k1.js";

/** One wallet of an appliance, and who asks for it. */
export type EvmWallet = RecoverOption & {
  readonly client: SigningClient;
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
  const { client, address, pairId, chain, recoverPublicKey } = wallet;
  const request = { address, payload: digest, algo: "secp256k1", pairId, chain } as const;
  return signVerified(client, request, (signature, payload) =>
    verifySecp256k1(payload, signature, address, recoverPublicKey),
  );
}
