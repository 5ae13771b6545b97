const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Text as UTF-8. */
export function toUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes; throws where they are none, rather than put a replacement character in. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
