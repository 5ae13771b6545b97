import { base64urlnopad } from "@scure/base";

/** Bytes as base64url without padding (RFC 4648, section 5), the form in which all bytes travel. */
export function toBase64Url(bytes: Uint8Array): string {
  return base64urlnopad.encode(bytes);
}

/**
 * The bytes of a base64url string, or nothing where it is not the one canonical spelling of them: padding, `+` or `/`,
 * white space and stray trailing bits are all refused.
 */
export function fromBase64Url(text: string): Uint8Array | undefined {
  try {
    const bytes = base64urlnopad.decode(text);
    // One value, one spelling: re-encoding settles it whatever the decoder lets pass.
    return base64urlnopad.encode(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}
