/**
 * The link that a page puts into a QR code or behind a button, as octane gave it; `undefined` where it would do something
 * else there than open the phone app or a web page.
 */
export function checkedPairUri(value: string): string | undefined {
  if (!/^(https|sigil):\/\/[\w-]/.test(value) || value.length > 2048) return undefined;
  // What a parser strips or turns round, and what could end an attribute.
  if (/[\s\p{C}\\"'<>`]/u.test(value) || !URL.canParse(value)) return undefined;
  const { username, password } = new URL(value);
  return username === "" && password === "" && !/^\w+:\/\/[^/?#]*@/.test(value) ? value : undefined;
}
