import type { TransportErrorDetails } from "../errors/TransportError.js";
import { isSecret, redacted } from "../errors/withoutSecret.js";
import { decodeErrorCode } from "./errorCode.js";

const bodyCap = 64 * 1024;

/** What the errors of kind `http` hold, in pairing and signing. */
export type HttpDetails = {
  readonly kind: "http";
  readonly status: number;
  readonly body: string;
  readonly code?: string;
  readonly retryAfterMs?: number;
};

/** A refusal as the caller sees it: without the key, which a proxy's error page may repeat. */
export function httpDetails(details: TransportErrorDetails & { kind: "http" }, apiKey: string): HttpDetails {
  const { status, body, retryAfterMs } = details;
  // From the body as it came: a word like "user" may be the key, behind a proxy, and a part of the code.
  const word = decodeErrorCode(body);
  const code = word !== undefined && isSecret(apiKey) && word.includes(apiKey) ? undefined : word;
  return {
    kind: "http",
    status,
    body: withoutKey(body, apiKey).slice(0, bodyCap),
    ...(code === undefined ? {} : { code }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function withoutKey(body: string, apiKey: string): string {
  const secret = isSecret(apiKey) ? apiKey : `Bearer ${apiKey}`;
  // As it is, and as JSON and URLs write it.
  const spellings = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  const cleaned = spellings.reduce((text, each) => text.replaceAll(each, redacted), body);
  if (new TextEncoder().encode(body).length < bodyCap) return cleaned;
  // The body was cut, and perhaps within the key.
  for (let length = Math.min(secret.length - 1, cleaned.length); length > 0; length--) {
    if (cleaned.endsWith(secret.slice(0, length))) return cleaned.slice(0, -length);
  }
  return cleaned;
}
