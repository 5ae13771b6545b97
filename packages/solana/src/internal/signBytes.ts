import { type AstrotrainClient, b64uToBytes, SignError } from "@sigil/astrotrain";
import { verifyStrict } from "./verifyStrict.js";

/** One Solana wallet of an appliance, and who asks for it. */
export type SolanaWallet = {
  readonly client: Pick<AstrotrainClient, "sign">;
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
  const ours = new Uint8Array(bytes);
  const answer = await client.sign({
    address,
    payload: ours.slice(),
    algo: "ed25519",
    pairId,
    chain,
    signal,
  });
  const signature = readSignature(answer.device_signature);
  if (await verifyStrict(signature, ours, publicKey)) return signature;
  throw new SignError(
    `The device's signature is not by ${address} over the bytes that were sent. Nothing of it was used: do not retry ` +
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
