import { assertBytes } from "../encoding/isBytes.js";

/**
 * What the SP and octane sign: `payload ‖ utf8(address)`. The address goes in exactly as it goes into the request,
 * never re-cased.
 *
 * @throws TypeError when `payload` is not a Uint8Array, or `address` not a well-formed string.
 * @example
 * ```ts
 * const message = buildSpMessage(digest, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"); // 32 + 42 bytes
 * ```
 */
export function buildSpMessage(payload: Uint8Array, address: string): Uint8Array {
  assertBytes("buildSpMessage", payload);
  if (typeof address !== "string" || /\p{Cs}/u.test(address)) {
    throw new TypeError("buildSpMessage takes the address as a string without lone surrogates.");
  }
  const suffix = new TextEncoder().encode(address);
  const message = new Uint8Array(payload.length + suffix.length);
  message.set(payload);
  message.set(suffix, payload.length);
  return message;
}
