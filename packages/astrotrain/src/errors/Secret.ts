import { asItIs, undoEscapes } from "./undoEscapes.js";

/** What no error may show. */
export type Secret = {
  /** What stands in its place. */
  readonly shownAs: string;
  /** As it is, with what looks like an escape within it undone, and in hexadecimal. */
  readonly spellings: readonly string[];
  /** The characters of base64 that are its own, for each of the three places in which it may begin. */
  readonly inBase64: readonly string[];
};

/** A shorter one is a word that may stand anywhere, as behind a proxy: it can be no secret. */
const shortestKey = 8;

/** The API key; a placeholder only where it is used as one. */
export const apiKeySecret = (apiKey: string): Secret =>
  toSecret(apiKey.length < shortestKey ? `Bearer ${apiKey}` : apiKey, "[api key]");

export const validationCodeSecret = (code: string): Secret => toSecret(code, "[validation code]");

function toSecret(text: string, shownAs: string): Secret {
  const once = undoEscapes(asItIs(text));
  const hex = Array.from(text, (each) => each.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  const spellings = new Set([text, once.text, undoEscapes(once).text, hex, hex.toUpperCase()]);
  // What is left of one that is nearly all escapes may stand anywhere.
  const telling = [...spellings].filter((each) => each.length >= Math.min(text.length, shortestKey));
  return { shownAs, spellings: telling, inBase64: [0, 1, 2].map((before) => base64Of(text, before)) };
}

/** Three bytes are four characters, so a character may also hold bits of the bytes before, or after. */
function base64Of(text: string, bytesBefore: number): string {
  const whole = Math.floor(((bytesBefore + text.length) * 8) / 6);
  return btoa("\0".repeat(bytesBefore) + text).slice(Math.ceil((bytesBefore * 8) / 6), whole);
}
