import { isBlockedPort } from "../errors/blockedPort.js";
import { isRedirectRefusal } from "../errors/redirectRefused.js";
import { TransportError, type TransportErrorDetails } from "../errors/TransportError.js";
import { backoffMs, shortestPauseMs } from "./backoff.js";

/** How often one call may be sent again. */
const mostRetries = 2;

/**
 * What of a failed call may be asked again. `reading`: it changes nothing, so whatever may pass by itself.
 * `prompting`: a person may be asked, so only what provably never reached octane, or what octane itself put off.
 */
export type RetryPolicy = "reading" | "prompting";

/**
 * Whether a refusal's body is octane's own; what stands between may say anything, even after octane has asked a person.
 */
export type IsOwn = (body: string) => boolean;

/** Milliseconds until a call that failed in its `round`, from 0, may be sent again, or `undefined` when it may not. */
export function retryDelayMs(
  error: unknown,
  { policy, isOwn }: { readonly policy: RetryPolicy; readonly isOwn: IsOwn },
  round: number,
  random: () => number = Math.random,
): number | undefined {
  if (!(error instanceof TransportError) || round >= mostRetries) return undefined;
  const { details } = error;
  const isReading = policy === "reading";
  if (isPutOff(details))
    return isReading || isOwn(details.body) ? Math.max(details.retryAfterMs, shortestPauseMs) : undefined;
  const again = isReading || (details.kind === "network" && !details.sent) ? mayPass(details) : false;
  return again ? backoffMs(round, random) : undefined;
}

/** Octane put the call off in its own words, so that it did not act on it. */
export const isPutOffByOctane = (error: unknown, isOwn: IsOwn): boolean =>
  error instanceof TransportError && isPutOff(error.details) && isOwn(error.details.body);

/** Somebody said that nothing was done, and when to come back: 429 or 503 with Retry-After. */
function isPutOff(
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
  if (details.kind === "network") return !isRedirectRefusal(details.cause) && !isBlockedPort(details.cause);
  return details.kind === "http" && (details.status === 429 || details.status >= 500);
}
