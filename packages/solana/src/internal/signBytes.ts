import { type SigningClient, signVerified, type VerifyEd25519 } from "@sigil/astrotrain/adapter";

/** One Solana wallet of an appliance, and who asks for it. */
export type SolanaWallet = {
  readonly client: SigningClient;
  /** Base58 of 32 bytes. */
  readonly address: string;
  /** By the key that the address encodes, as a Solana node does it. */
  readonly verify: VerifyEd25519;
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
  const { client, address, verify, pairId, chain } = wallet;
  const request = { address, payload: bytes, algo: "ed25519", pairId, chain, signal } as const;
  return signVerified(client, request, async (signature, payload) =>
    (await verify(signature, payload)) ? signature : undefined,
  );
}
