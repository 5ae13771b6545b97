import { assertBytes } from "./isBytes.js";

/**
 * Base64url without padding (RFC 4648 section 5), the form in which all bytes travel to and from octane.
 *
 * @throws TypeError when `bytes` is not a Uint8Array.
 * @example
 * ```ts
 * bytesToB64u(new Uint8Array([251, 255])); // "-_8"
 * ```
 */
export function bytesToB64u(bytes: Uint8Array): string {
  assertBytes("bytesToB64u", bytes);
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The bytes of a base64url string without padding (RFC 4648 section 5), decoded strictly: no padding, no
 * whitespace, no `+` or `/`, and no stray bits in the last character, so each value has one spelling only.
 *
 * The input is never repeated in an error, since it may be a secret.
 *
 * @throws TypeError when `text` is not a string or not base64url.
 * @throws RangeError when no bytes encode to this text: a length of 4n+1, or stray trailing bits.
 * @example
 * ```ts
 * b64uToBytes("-_8"); // Uint8Array [251, 255]
 * ```
 */
export function b64uToBytes(text: string): Uint8Array {
  if (typeof text !== "string") throw new TypeError(`b64uToBytes takes a string, not ${typeof text}.`);
  if (!/^[A-Za-z0-9_-]*$/.test(text)) {
    throw new TypeError("b64uToBytes takes base64url without padding: only A-Z, a-z, 0-9, - and _.");
  }
  if (text.length % 4 === 1)
    throw new RangeError("b64uToBytes was given a text cut short: no bytes encode to it.");
  if (hasStrayBits(text)) {
    throw new RangeError(
      "b64uToBytes was given stray bits in the last character: another text encodes these bytes.",
    );
  }
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** One byte is two characters, of which the last has four bits to spare; two bytes are three, of which it has two. */
function hasStrayBits(text: string): boolean {
  if (text.length % 4 === 2) return !/[AQgw]$/.test(text);
  return text.length % 4 === 3 && !/[AEIMQUYcgkosw048]$/.test(text);
}
