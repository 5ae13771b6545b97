import { isRedirectRefusal } from "../errors/redirectRefused.js";
import { TransportError, type TransportErrorDetails } from "../errors/TransportError.js";
import { backoffMs, shortestPauseMs } from "./backoff.js";

/** How often one call may be sent again. */
export const mostRetries = 2;

/**
 * What of a failed call may be asked again. `reading`: it changes nothing, so whatever may pass by itself.
 * `prompting`: a person may be asked, so only what provably never reached octane, or what octane itself put off.
 */
export type RetryPolicy = "reading" | "prompting";

/** Milliseconds until a failed call may be sent again, or `undefined` when it may not. */
export function retryDelayMs(
  error: unknown,
  policy: RetryPolicy,
  round: number,
  random: () => number = Math.random,
): number | undefined {
  if (!(error instanceof TransportError)) return undefined;
  const { details } = error;
  if (isPutOff(details)) return Math.max(details.retryAfterMs, shortestPauseMs);
  const again = policy === "reading" ? mayPass(details) : details.kind === "network" && !details.sent;
  return again ? backoffMs(round, random) : undefined;
}

/** Octane said in so many words that it did nothing, and when to come back: 429 or 503 with Retry-After. */
export function isPutOff(
  details: TransportErrorDetails,
): details is TransportErrorDetails & { kind: "http"; retryAfterMs: number } {
  return (
    details.kind === "http" &&
    (details.status === 429 || details.status === 503) &&
    details.retryAfterMs !== undefined
  );
}

/** A cut, a server that fails or has too much to do; not what octane decided, nor an answer that makes no sense. */
export function mayPass(details: TransportErrorDetails): boolean {
  if (details.kind === "network") return !isRedirectRefusal(details.cause);
  return details.kind === "http" && (details.status === 429 || details.status >= 500);
}
