import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, hexToBytes } from "@sigil/astrotrain";

/** A signature in the one form that nodes, contracts and host libraries all take: s in the lower half (EIP-2). */
export type VerifiedSignature = {
  /** 32 bytes. */
  readonly r: `0x${string}`;
  /** 32 bytes, at most half the curve's order. */
  readonly s: `0x${string}`;
  /** Which of the two points with this r it is: the parity of its y. */
  readonly yParity: 0 | 1;
};

const order = secp256k1.Point.Fn.ORDER;

/**
 * Checks that `signature` is by `address` over `digest`, and puts it into normal form.
 *
 * Takes `r‖s` (64 bytes) and `r‖s‖v` (65 bytes, any v), s high or low. The v is a hint where to look first and nothing
 * more: whether an address fits is worked out here.
 *
 * @param digest 32 bytes.
 * @param address 20 bytes in hexadecimal, in any case.
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
): VerifiedSignature | undefined {
  if (digest.length !== 32 || (signature.length !== 64 && signature.length !== 65)) return undefined;
  const r = toBigInt(signature.subarray(0, 32));
  const givenS = toBigInt(signature.subarray(32, 64));
  const high = givenS > order / 2n;
  const s = high ? order - givenS : givenS;
  // The other s goes with the mirrored point, so that a hint for the one is reversed for the other.
  const first = hintOf(signature) ^ Number(high);
  for (const yParity of first === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
    if (recoverAddress(digest, r, s, yParity) === address.toLowerCase())
      return { r: toHex(r), s: toHex(s), yParity };
  }
  return undefined;
}

/** The parity that v claims: 0 and 27 are even, 1 and 28 odd. */
function hintOf(signature: Uint8Array): number {
  const v = signature[64] ?? 0;
  return v === 1 || v === 28 ? 1 : 0;
}

function recoverAddress(digest: Uint8Array, r: bigint, s: bigint, yParity: 0 | 1): string | undefined {
  let publicKey: Uint8Array;
  try {
    publicKey = new secp256k1.Signature(r, s, yParity).recoverPublicKey(digest).toBytes(false);
  } catch {
    // r or s is not from 1 to the order less one, no point has this r, or the key would be the point at infinity.
    return undefined;
  }
  return bytesToHex(keccak_256(publicKey.subarray(1)).subarray(12));
}

const toBigInt = (bytes: Uint8Array): bigint => BigInt(bytesToHex(bytes));

const toHex = (scalar: bigint): `0x${string}` =>
  bytesToHex(hexToBytes(scalar.toString(16).padStart(64, "0")));
