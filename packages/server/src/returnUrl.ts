/**
 * The URL where the phone may be sent, in the parser's own spelling; `undefined` where it may not: it has to be https on
 * one of our origins, without user name or password, and without what a parser strips or turns round.
 */
export function checkedReturnUrl(value: unknown, allowedOrigins: ReadonlySet<string>): string | undefined {
  if (typeof value !== "string" || value.length > 2048) return undefined;
  if (!/^https:\/\/[^/]/.test(value) || /[\s\p{C}\\]/u.test(value)) return undefined;
  if (!URL.canParse(value)) return undefined;
  const { href, origin, username, password } = new URL(value);
  const plain = username === "" && password === "" && !/^https:\/\/[^/?#]*@/.test(value);
  return plain && allowedOrigins.has(origin) ? href : undefined;
}
