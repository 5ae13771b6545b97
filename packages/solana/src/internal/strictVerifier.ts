import { Point } from "@noble/ed25519";
import { bytesToHex } from "@sigil/astrotrain";
import { isSmallOrder, nativeVerifier, type VerifyEd25519 } from "@sigil/astrotrain/adapter";

/**
 * Whether a Solana node takes an Ed25519 signature by this key: RFC 8032 without the cofactor, and neither the key nor R
 * of small order, which is what `verify_strict` of ed25519-dalek does.
 *
 * @param publicKey 32 bytes; anything else has made no signature.
 */
export function strictVerifier(publicKey: Uint8Array): VerifyEd25519 {
  const key = new Uint8Array(publicKey);
  const isKey = key.length === 32 && !isSmallOrder(key);
  const verifyNatively = nativeVerifier(key);
  return async (signature, message) => {
    if (!isKey || signature.length !== 64 || isSmallOrder(signature.subarray(0, 32))) return false;
    try {
      return await verifyNatively(signature, message);
    } catch {
      // This runtime has no Ed25519, or refuses the key as no point, of which the other says the same.
      return verifyInJavaScript(signature, message, key);
    }
  };
}

/** RFC 8032 section 5.1.7 with the check that has no cofactor: S·B - k·A encodes to R. */
export async function verifyInJavaScript(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  const { n: order } = Point.CURVE();
  const r = signature.subarray(0, 32);
  const s = fromLittleEndian(signature.subarray(32));
  if (s >= order) return false;
  try {
    const a = Point.fromBytes(new Uint8Array(publicKey));
    const digest = await crypto.subtle.digest("SHA-512", new Uint8Array([...r, ...publicKey, ...message]));
    const k = fromLittleEndian(new Uint8Array(digest)) % order;
    const expected = times(Point.BASE, s).add(times(a, k).negate());
    return bytesToHex(expected.toBytes()) === bytesToHex(r);
  } catch {
    // The key is no point on the curve.
    return false;
  }
}

const times = (point: Point, scalar: bigint): Point =>
  scalar === 0n ? Point.ZERO : point.multiply(scalar, false);

const fromLittleEndian = (bytes: Uint8Array): bigint => BigInt(bytesToHex(new Uint8Array(bytes).reverse()));
