import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

/** Bytes as lower-case hex without a prefix. */
export function toHex(bytes: Uint8Array): string {
  return bytesToHex(bytes);
}

/** The bytes of a hex string with or without `0x`, or nothing where it is not hex. */
export function fromHex(text: string): Uint8Array | undefined {
  try {
    return hexToBytes(text.replace(/^0x/i, ""));
  } catch {
    return undefined;
  }
}
