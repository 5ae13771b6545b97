/** A text, and where each of its characters begins in the text that it was made of; one place more, for the end. */
export type Unescaped = { readonly text: string; readonly starts: Uint32Array };

export const asItIs = (text: string): Unescaped => ({
  text,
  starts: new Uint32Array(text.length + 1).map((_, i) => i),
});

/** An escape of one character, in JSON (PHP's `\/`, Go's `\u0026`), other languages' strings, URLs and HTML. */
const escaped =
  /\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(["'\\/]))|%([0-9a-f]{2})|&(?:#x([0-9a-f]{1,6});?|#(\d{1,7});?|(amp|lt|gt|quot|apos);)/gi;
/** The beginning of one at a text's end. */
const begun = /(?:\\(?:u[0-9a-f]{0,3}|x[0-9a-f]?)?|%[0-9a-f]?|&(?:#x?[0-9a-f]{0,7}|[a-z]{0,5}))$/i;
const longestEscape = 10;

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Each escape of an ASCII character as that character; those within escapes are for the next time. */
export function undoEscapes({ text, starts }: Unescaped): Unescaped {
  const places = new Uint32Array(starts.length);
  const pieces: string[] = [];
  let length = 0;
  let done = 0;
  const copyUpTo = (end: number): void => {
    pieces.push(text.slice(done, end));
    places.set(starts.subarray(done, end), length);
    length += end - done;
    done = end;
  };
  for (const found of text.matchAll(escaped)) {
    const character = characterOf(found);
    if (character === undefined) continue;
    copyUpTo(found.index);
    pieces.push(character);
    places.set(starts.subarray(done, done + 1), length++);
    done += found[0].length;
  }
  copyUpTo(text.length);
  places.set(starts.subarray(text.length), length++);
  return { text: pieces.join(""), starts: places.subarray(0, length) };
}

function characterOf([, u, x, plain, percent, hex, decimal, name]: RegExpMatchArray): string | undefined {
  if (plain !== undefined) return plain;
  if (name !== undefined) return named[name.toLowerCase()];
  const code =
    decimal === undefined ? Number.parseInt(String(u ?? x ?? percent ?? hex), 16) : Number(decimal);
  return code < 0x80 ? String.fromCharCode(code) : undefined;
}

/** Without the half of an escape that a cut has left at the end. */
export function withoutHalfEscape({ text, starts }: Unescaped): Unescaped {
  const half = begun.exec(text.slice(-longestEscape))?.[0].length ?? 0;
  return half === 0 ? { text, starts } : { text: text.slice(0, -half), starts: starts.slice(0, -half) };
}
