import { base58 } from "@scure/base";

/** An address of Solana's is the public key, in base58; nothing where it is not in that. */
export function keyOf(address: string): Uint8Array | undefined {
  try {
    return base58.decode(address);
  } catch {
    return undefined;
  }
}
