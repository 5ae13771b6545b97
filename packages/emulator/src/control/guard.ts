import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64Url } from "../encoding/base64url.js";
import { toUtf8 } from "../encoding/utf8.js";
import { ControlError } from "./ControlError.js";
import { requireToken } from "./requireToken.js";

/** Who may control the emulator. */
export type Guard = {
  /** Whether the request has the token in its Authorization header. */
  bears(request: Request): boolean;
  /** Whether it comes from a browser that has shown the token. */
  hasCookie(request: Request): boolean;
  /** Whether this is the token. */
  isToken(text: string): boolean;
  /** The Set-Cookie header for a browser that has just shown it. */
  readonly setCookie: string;
};

/**
 * Makes a guard. The cookie has a name of its own for each token, since browsers keep one jar for all ports of a host,
 * and a value of which nobody gets the token.
 *
 * @throws TypeError where the token is too short to be one, or could not stand in a header.
 */
export function createGuard(token: string): Guard {
  requireToken(token);
  const name = `sigil_emulator_${digest(`name ${token}`).slice(0, 8)}`;
  const value = digest(`page ${token}`);
  return {
    bears: (request) => {
      const [, given = ""] = /^Bearer +(.*)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
      return isSame(given, token);
    },
    hasCookie: (request) => isSame(cookieOf(request, name), value),
    isToken: (text) => isSame(text, token),
    setCookie: `${name}=${value}; Path=/; HttpOnly; SameSite=Strict`,
  };
}

/**
 * @throws ControlError 403 `origin_denied` for what another web page sends, be it from this machine: `Origin` and
 * `Sec-Fetch-Site` are the browser's, no page can change them.
 */
export function refuseForeign(request: Request): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const own = origin === null || origin === new URL(request.url).origin;
  if (own && (site === null || site === "same-origin" || site === "none")) return;
  throw new ControlError(
    403,
    "origin_denied",
    "Another web page asks. The emulator is controlled from its own page, or by programs: open its address directly.",
  );
}

/** Hashes first: what differs then says nothing of where the texts differ, and all bytes are looked at. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [sha256(toUtf8(one)), sha256(toUtf8(other))];
  return a.reduce((difference, byte, index) => difference | (byte ^ (b[index] ?? 0)), 0) === 0;
}

function digest(text: string): string {
  return toBase64Url(sha256(toUtf8(`sigil emulator ${text}`)));
}

function cookieOf(request: Request, name: string): string {
  const cookies = (request.headers.get("cookie") ?? "").split(/; */);
  return cookies.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}
