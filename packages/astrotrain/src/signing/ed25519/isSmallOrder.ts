import { bytesToHex } from "../../encoding/hex.js";

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
 * Whether these 32 bytes encode an Ed25519 point of small order, canonically or not. Under such a key anyone can make
 * signatures that verify (RFC 8032 section 5.1.7 leaves them in).
 */
export function isSmallOrder(point: Uint8Array): boolean {
  const withoutSign = new Uint8Array(point);
  withoutSign[31] = (withoutSign[31] ?? 0) & 0x7f;
  return smallOrder.has(bytesToHex(withoutSign));
}
