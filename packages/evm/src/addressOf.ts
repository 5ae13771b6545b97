import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex } from "@sigil/astrotrain";

/**
 * The address that a public key has: the last 20 bytes of its hash, in lower case.
 *
 * @param publicKey 65 bytes, `0x04‖x‖y`.
 * @see Ethereum yellow paper, appendix F
 */
export const addressOf = (publicKey: Uint8Array): string =>
  bytesToHex(keccak_256(publicKey.subarray(1)).subarray(12));
