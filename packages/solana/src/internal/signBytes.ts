import { type SigningClient, signVerified } from "@sigil/astrotrain/adapter";
import { verifyStrict } from "./verifyStrict.js";

/** One Solana wallet of an appliance, and who asks for it. */
export type SolanaWallet = {
  readonly client: SigningClient;
  /** Base58 of 32 bytes. */
  readonly address: string;
  /** What the address encodes: 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly pairId?: string | undefined;
  /** Octane's name for the chain. */
  readonly chain?: string | undefined;
};

/**
 * Has the appliance sign `bytes` as they are, and checks the answer as a Solana node would, on our own copy of them.
 *
 * @returns 64 bytes.
 * @throws SignError of kind `signature_mismatch`, party `device`, when the signature is not by the wallet's address
 * over these bytes; whatever `client.sign` throws.
 */
export async function signBytes(
  wallet: SolanaWallet,
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { client, address, publicKey, pairId, chain } = wallet;
  const request = { address, payload: bytes, algo: "ed25519", pairId, chain, signal } as const;
  return signVerified(client, request, async (signature, payload) =>
    (await verifyStrict(signature, payload, publicKey)) ? signature : undefined,
  );
}
