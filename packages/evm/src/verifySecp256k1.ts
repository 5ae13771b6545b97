import { KnownKeys } from "./KnownKeys.js";
import type { RecoverPublicKey } from "./RecoverPublicKey.js";
import { type VerifiedSignature, verifyKnowing } from "./verifyKnowing.js";

const knownKeys = new KnownKeys();

/**
 * Checks that `signature` is by `address` over `digest`, and puts it into normal form.
 *
 * Takes `r‖s` (64 bytes) and `r‖s‖v` (65 bytes, any v), s high or low. The v is a hint where to look first and nothing
 * more: whether an address fits is worked out here.
 *
 * The first signature of an address costs a recovery of its public key; later ones are checked by that key, in less than half of the
 * time. The keys of the 64 addresses used last are remembered.
 *
 * @param digest 32 bytes.
 * @param address 20 bytes in hexadecimal, in any case.
 * @param recoverPublicKey recovers in place of JavaScript, if given.
 * @returns `undefined` when the signature is not by that address over that digest, whatever the reason.
 * @see SEC 1 version 2.0, section 4.1.6; EIP-2
 * @example
 * ```ts
 * const signature = verifySecp256k1(digest, b64uToBytes(result.device_signature), "0xf39F…2266");
 * if (signature === undefined) throw new Error("not by this wallet");
 * ```
 */
export function verifySecp256k1(
  digest: Uint8Array,
  signature: Uint8Array,
  address: string,
  recoverPublicKey?: RecoverPublicKey,
): VerifiedSignature | undefined {
  return verifyKnowing(knownKeys, digest, signature, address, recoverPublicKey);
}
