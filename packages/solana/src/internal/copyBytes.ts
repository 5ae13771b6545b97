import { ConfigError } from "@sigil/astrotrain";
import { isBytes } from "@sigil/astrotrain/adapter";

/**
 * A copy of a byte array of any realm. Anything else would become other bytes without a word, and be signed.
 *
 * @throws ConfigError naming `field`
 */
export function copyBytes(field: string, value: unknown): Uint8Array {
  if (isBytes(value)) return new Uint8Array(value);
  throw new ConfigError(field, "must be a Uint8Array. Encode text with TextEncoder.");
}
