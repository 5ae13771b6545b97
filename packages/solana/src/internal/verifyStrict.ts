import { Point } from "@noble/ed25519";
import { bytesToHex } from "@sigil/astrotrain";

/**
 * The encodings, sign bit aside, of the points whose order divides eight: 0, 1, the two of order eight, p-1, and the
 * non-canonical p and p+1. With either sign that makes fourteen.
 */
const smallOrder: ReadonlySet<string> = new Set([
  `0x${"00".repeat(32)}`,
  `0x01${"00".repeat(31)}`,
  "0x26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "0xc7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  `0xec${"ff".repeat(30)}7f`,
  `0xed${"ff".repeat(30)}7f`,
  `0xee${"ff".repeat(30)}7f`,
]);

/**
 * Whether a Solana node takes this Ed25519 signature: RFC 8032 without the cofactor, and neither the key nor R of small
 * order, which is what `verify_strict` of ed25519-dalek does.
 *
 * @param signature 64 bytes.
 * @param publicKey 32 bytes.
 */
export async function verifyStrict(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  if (isSmallOrder(publicKey) || isSmallOrder(signature.subarray(0, 32))) return false;
  try {
    return await verifyNatively(signature, message, publicKey);
  } catch {
    // This runtime's WebCrypto has no Ed25519, or refuses the key as no point, of which the other says the same.
    return verifyInJavaScript(signature, message, publicKey);
  }
}

/** Whether these 32 bytes encode a point of small order, canonically or not. */
export function isSmallOrder(point: Uint8Array): boolean {
  const withoutSign = new Uint8Array(point);
  withoutSign[31] = (withoutSign[31] ?? 0) & 0x7f;
  return smallOrder.has(bytesToHex(withoutSign));
}

/** @throws where WebCrypto has no Ed25519. */
export async function verifyNatively(
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  const key = await crypto.subtle.importKey("raw", new Uint8Array(publicKey), { name: "Ed25519" }, false, [
    "verify",
  ]);
  return crypto.subtle.verify({ name: "Ed25519" }, key, new Uint8Array(signature), new Uint8Array(message));
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
