import { assertBytes } from "./isBytes.js";

/**
 * Lower-case hexadecimal with the `0x` prefix, two digits a byte.
 *
 * @throws TypeError when `bytes` is not a Uint8Array.
 * @example
 * ```ts
 * bytesToHex(new Uint8Array([0, 255])); // "0x00ff"
 * ```
 */
export function bytesToHex(bytes: Uint8Array): `0x${string}` {
  assertBytes("bytesToHex", bytes);
  let hex = "0x";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex as `0x${string}`;
}

/**
 * The bytes of a hexadecimal string, with or without `0x`, in either case.
 *
 * The input is never repeated in an error, since it may be a secret.
 *
 * @throws TypeError when `hex` is not a string or has a character that is not a hexadecimal digit.
 * @throws RangeError when the number of digits is odd.
 * @example
 * ```ts
 * hexToBytes("0x00ff"); // Uint8Array [0, 255]
 * hexToBytes("00FF"); // the same
 * ```
 */
export function hexToBytes(hex: string): Uint8Array {
  if (typeof hex !== "string") throw new TypeError(`hexToBytes takes a string, not ${typeof hex}.`);
  const digits = hex.startsWith("0x") ? hex.slice(2) : hex;
  if (!/^[0-9a-fA-F]*$/.test(digits)) {
    throw new TypeError("hexToBytes takes hexadecimal digits only, optionally after 0x.");
  }
  if (digits.length % 2 !== 0) {
    throw new RangeError(`hexToBytes takes two digits a byte, not ${digits.length} digits in all.`);
  }
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
