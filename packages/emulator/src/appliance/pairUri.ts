import { ApplianceError } from "./errors.js";

/** What a pairing link says. */
export type PairLink = { readonly sessionId: string; readonly code?: string };

/**
 * Reads a pairing link as the phone does: `sigil://pair?session=ID`, `https://sigilvault.xyz/pair?session=ID`, either
 * with `&v=CODE`, or the bare session id.
 *
 * @throws ApplianceError `bad_link` or `bad_code`.
 */
export function parsePairUri(link: string): PairLink {
  if (typeof link === "string" && /^[\w-]+$/.test(link)) return { sessionId: link };
  const url = parse(link);
  const sessionId = url?.searchParams.get("session") ?? "";
  if (url === undefined || !isPairUrl(url) || sessionId === "") {
    throw new ApplianceError(
      "bad_link",
      "This is no pairing link: it begins with https://sigilvault.xyz/pair?session= or sigil://pair?session=.",
    );
  }
  const code = url.searchParams.get("v");
  return code === null ? { sessionId } : { sessionId, code: requireCode(code) };
}

/** @throws ApplianceError `bad_code` where this is not six digits. */
export function requireCode(code: string): string {
  if (typeof code === "string" && /^\d{6}$/.test(code)) return code;
  throw new ApplianceError("bad_code", "A validation code is six digits, as a string.");
}

function isPairUrl(url: URL): boolean {
  // Browsers and Node disagree on what is the host of a sigil: URL, so it is compared as text.
  if (url.protocol === "sigil:") return /^sigil:\/\/pair\/?\?/i.test(url.href);
  return url.origin === "https://sigilvault.xyz" && url.pathname === "/pair";
}

function parse(link: string): URL | undefined {
  try {
    return new URL(link);
  } catch {
    return undefined;
  }
}
