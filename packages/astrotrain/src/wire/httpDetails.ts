import { redact, reveals } from "../errors/redact.js";
import type { Secret } from "../errors/Secret.js";
import type { TransportErrorDetails } from "../errors/TransportError.js";
import { decodeErrorCode } from "./errorCode.js";
import { isRefusal } from "./isRefusal.js";

const bodyCap = 64 * 1024;

/** What the errors of kind `http` hold, in pairing and signing. */
export type HttpDetails = {
  readonly kind: "http";
  readonly status: number;
  readonly body: string;
  readonly code?: string;
  readonly retryAfterMs?: number;
};

/** A refusal as the caller sees it: without the secrets, which a proxy's error page may repeat. */
export function httpDetails(
  { status, body, retryAfterMs }: TransportErrorDetails & { kind: "http" },
  secrets: readonly Secret[],
): HttpDetails {
  // From the body as it came: a word like "user" may be the key, behind a proxy, and a part of the code.
  const word = decodeErrorCode(body);
  const code = word !== undefined && reveals(word, secrets) ? undefined : word;
  // A longer one was cut.
  const cut = new TextEncoder().encode(body).length >= bodyCap;
  return {
    kind: "http",
    status,
    body: beginningOf(redact(body, secrets, { cut })),
    ...(code === undefined ? {} : { code }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/**
 * Octane's own sentence, of a refusal in its own form: at most 200 characters, none of which moves a cursor, hides itself or
 * turns the direction of the text.
 */
export function reasonOf({ body }: Pick<HttpDetails, "body">): string | undefined {
  if (!isRefusal(body)) return undefined;
  const { error } = JSON.parse(body) as { error: { message?: unknown } };
  if (typeof error.message !== "string") return undefined;
  const said = error.message.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}]+/gu, " ").trim();
  if (said === "") return undefined;
  return said.length > 200 ? `${said.slice(0, 200).replace(/\p{Cs}$/u, "")}…` : said;
}

/** As many whole characters as there is room for. */
function beginningOf(text: string): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bodyCap));
  return text.slice(0, read);
}
