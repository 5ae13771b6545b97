import type { Secret } from "./Secret.js";
import { asItIs, type Unescaped, undoEscapes, withoutHalfEscape } from "./undoEscapes.js";

/** JSON in a URL in an HTML page, and once more. */
const deepestEscapes = 4;

/** A part of a text, and what is to stand in its place. */
type Part = { readonly from: number; readonly to: number; readonly shownAs: string };

/**
 * A text without the secrets that stand in it: as they are, in hexadecimal, base64 and base64url, and in the escapes of JSON, URLs
 * and HTML, also of several at once. `cut`: the text was cut at its end, and perhaps within a secret.
 */
export function redact(
  text: string,
  secrets: readonly Secret[],
  { cut = false }: { readonly cut?: boolean } = {},
): string {
  const layers = layersOf(text, cut);
  const parts = layers.flatMap((layer) => secrets.flatMap((secret) => partsOf(layer, secret)));
  const end = cut
    ? Math.min(...layers.flatMap((layer) => secrets.map((each) => endOf(layer, each))))
    : text.length;
  return replace(text.slice(0, end), parts);
}

export const reveals = (text: string, secrets: readonly Secret[]): boolean =>
  layersOf(text, false).some((layer) => secrets.some((secret) => partsOf(layer, secret).length > 0));

/** The text as it is, and with its escapes undone, again and again. */
function layersOf(text: string, cut: boolean): Unescaped[] {
  const trimmed = cut ? withoutHalfEscape : (layer: Unescaped) => layer;
  const layers = [trimmed(asItIs(text))];
  for (let layer = layers[0]; layer !== undefined && layers.length < deepestEscapes; ) {
    const next: Unescaped = trimmed(undoEscapes(layer));
    if (next.text === layer.text) break;
    layers.push(next);
    layer = next;
  }
  return layers;
}

function partsOf({ text, starts }: Unescaped, { spellings, inBase64, shownAs }: Secret): Part[] {
  const part = (at: number, length: number): Part => ({
    from: starts[at] ?? 0,
    to: starts[at + length] ?? 0,
    shownAs,
  });
  const plain = spellings.flatMap((each) => placesOf(text, each).map((at) => part(at, each.length)));
  // What stands around it in base64 shares characters with it.
  const coded = [...toBase64(text).matchAll(/[A-Za-z0-9+/=]+/g)].filter(([run]) =>
    inBase64.some((each) => run.includes(each)),
  );
  return [...plain, ...coded.map(({ 0: run, index }) => part(index, run.length))];
}

/** In the alphabet of base64, if it is base64url; all else stays in its place. */
const toBase64 = (text: string): string => text.replaceAll("-", "+").replaceAll("_", "/");

function placesOf(text: string, part: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) places.push(at);
  return places;
}

/** Where a text that was cut begins to end as the secret begins. */
function endOf({ text, starts }: Unescaped, { spellings, inBase64 }: Secret): number {
  const base64 = toBase64(text);
  const ends = [
    ...spellings.map((each) => lengthAtEnd(text, each)),
    ...inBase64.map((each) => lengthAtEnd(base64, each)),
  ];
  return starts[text.length - Math.max(...ends)] ?? 0;
}

/** How much of the beginning of `part` stands at the end of `text`. */
function lengthAtEnd(text: string, part: string): number {
  for (let length = Math.min(part.length - 1, text.length); length > 0; length--)
    if (text.endsWith(part.slice(0, length))) return length;
  return 0;
}

/** Parts that overlap count as one. */
function replace(text: string, parts: readonly Part[]): string {
  let shown = "";
  let done = 0;
  for (const { from, to, shownAs } of [...parts].sort((a, b) => a.from - b.from)) {
    if (from >= done) shown += text.slice(done, from) + shownAs;
    done = Math.max(done, to);
  }
  return shown + text.slice(done);
}
