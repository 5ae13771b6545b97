import { fromUtf8 } from "../../encoding/utf8.js";

/** UTF-8 without control characters but tabs and line breaks; nothing where the bytes are none. */
export function plainText(bytes: Uint8Array): string | undefined {
  try {
    const text = fromUtf8(bytes);
    return /[^\P{Cc}\t\n\r]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
