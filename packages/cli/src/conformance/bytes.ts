import { base64urlnopad } from "@scure/base";

/** Bytes as base64url without padding. */
export const encode = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);

/** The bytes of base64url without padding in its one canonical spelling, or nothing. */
export function decode(text: unknown): Uint8Array | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const bytes = base64urlnopad.decode(text);
    return base64urlnopad.encode(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes of base64 however it is spelt, none where it is none: for checks of what the bytes say. */
export function decodeAnyhow(text: unknown): Uint8Array {
  const plain = String(text).replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_");
  return decode(plain) ?? new Uint8Array();
}

/** The bytes of a text in UTF-8. */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The bytes one after another. */
export const concat = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** Random bytes of the platform. */
export const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
