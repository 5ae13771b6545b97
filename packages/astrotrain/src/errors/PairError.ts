import { kindError } from "./kindError.js";

/** What a {@link PairError} holds beside its message, by `kind`. */
export type PairErrorDetails =
  /** No answer: DNS, connection refused or reset, time-out (`cause` is a `TimeoutError`), abort (`cause` is the signal's reason), refused redirect. */
  | { readonly kind: "network"; readonly cause: unknown }
  /**
   * Octane answered other than 2xx. `body` is the raw text, cut at 64 KiB; `code` is octane's own word where the body
   * has one, `retryAfterMs` its Retry-After, from 0 to 60,000.
   */
  | {
      readonly kind: "http";
      readonly status: number;
      readonly body: string;
      readonly code?: string;
      readonly retryAfterMs?: number;
    }
  /** The answer has not the documented shape. */
  | { readonly kind: "deserialise"; readonly cause?: unknown }
  /** An event in the stream is not a JSON object with a `kind`. */
  | { readonly kind: "malformed_sse_frame" }
  /** The user said no. `completed_at` is RFC 3339, UTC. */
  | { readonly kind: "rejected"; readonly reason: string; readonly completed_at: string }
  /** The session ran out before the user approved it. `completed_at` is RFC 3339, UTC. */
  | { readonly kind: "expired"; readonly completed_at: string };

export type PairErrorKind = PairErrorDetails["kind"];

/**
 * Why a pairing call failed. Narrow it by `kind`.
 *
 * @example
 * ```ts
 * try {
 *   await awaitPairResult({ octaneUrl, apiKey, sessionId });
 * } catch (error) {
 *   if (error instanceof PairError && error.kind === "rejected") console.log(error.reason);
 *   else throw error;
 * }
 * ```
 */
export type PairError = Error & PairErrorDetails;

export type PairErrorConstructor = {
  new (message: string, details: PairErrorDetails): PairError;
  readonly prototype: PairError;
};

/** Makes a `PairError`; `instanceof` and `kind` tell what happened. */
export const PairError: PairErrorConstructor = kindError("PairError");
