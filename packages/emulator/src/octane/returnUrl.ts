/** Whether the phone may be sent there after approval: https, nothing hidden in it, and its origin on the list. */
export function isAllowedReturnUrl(url: string, allowedOrigins: readonly string[]): boolean {
  // What a parser silently strips or turns round, another one may read otherwise.
  if (hasControlOrSpace(url) || url.includes("\\")) return false;
  const parsed = parse(url);
  if (parsed === undefined || parsed.protocol !== "https:" || !/^https:\/\//i.test(url)) return false;
  if (parsed.username !== "" || parsed.password !== "") return false;
  return allowedOrigins.includes(parsed.origin);
}

/**
 * The origins of `allowedReturnOrigins`.
 *
 * @throws TypeError where it is no list, or an entry is not an https origin and nothing more.
 */
export function returnOrigins(entries: readonly string[]): string[] {
  if (Array.isArray(entries)) return entries.map(returnOriginOf);
  throw new TypeError(
    'allowedReturnOrigins must be a list of https origins: write it like ["https://app.example"].',
  );
}

function returnOriginOf(entry: string): string {
  const parsed = parse(entry);
  if (parsed?.protocol === "https:" && (entry === parsed.origin || entry === parsed.href)) {
    if (parsed.href === `${parsed.origin}/`) return parsed.origin;
  }
  throw new TypeError(
    `allowedReturnOrigins: ${JSON.stringify(entry)} is no https origin: write it like "https://app.example".`,
  );
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

function hasControlOrSpace(text: string): boolean {
  return Array.from(text).some((character) => character <= " " || character === "\u007f");
}
