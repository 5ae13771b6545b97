import { ConfigError } from "@sigil/astrotrain";

/**
 * A copy of a byte array of any realm. Anything else would become other bytes without a word, and be signed.
 *
 * @throws ConfigError naming `field`
 */
export function copyBytes(field: string, value: unknown): Uint8Array {
  if (ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === "[object Uint8Array]") {
    return new Uint8Array(value as Uint8Array);
  }
  throw new ConfigError(field, "must be a Uint8Array. Encode text with TextEncoder.");
}
