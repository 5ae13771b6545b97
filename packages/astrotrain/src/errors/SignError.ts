import { kindError } from "./kindError.js";

/**
 * Whether a request that failed can have reached octane. `not_sent`: it cannot, so asking again is safe.
 * `unknown`: the user may have been asked, or may still be, so asking again may prompt twice.
 */
export type SignOutcome = "not_sent" | "unknown";

/**
 * The request's id, under which octane knows it: passed to `sign` again with the same request, octane gives its first
 * answer and asks nobody a second time.
 */
type RequestId = { readonly idempotencyKey?: string };

/** What a {@link SignError} holds beside its message, by `kind`. */
export type SignErrorDetails =
  /** The seed is not base64url, or `signer.publicKey` is not 32 bytes. */
  | { readonly kind: "invalid_seed"; readonly cause?: unknown }
  /** The seed decodes, but to `got` bytes instead of 32. */
  | { readonly kind: "seed_length"; readonly got: number }
  /** No answer: DNS, connection refused or reset, time-out (`cause` is a `TimeoutError`), abort (`cause` is the signal's reason), refused redirect. */
  | ({ readonly kind: "network"; readonly cause: unknown; readonly outcome: SignOutcome } & RequestId)
  /**
   * Octane answered other than 2xx. `body` is the raw text, cut at 64 KiB; `code` is octane's own word where the body
   * has one, `retryAfterMs` its Retry-After, from 0 to 60,000. `outcome` is there where the answer does not say whether
   * the user was asked, as with any page by something in between.
   */
  | ({
      readonly kind: "http";
      readonly status: number;
      readonly body: string;
      readonly code?: string;
      readonly retryAfterMs?: number;
      readonly outcome?: "unknown";
    } & RequestId)
  /** The answer has not the documented shape. `outcome` is there where it came from octane. */
  | ({ readonly kind: "deserialise"; readonly cause?: unknown; readonly outcome?: "unknown" } & RequestId)
  /** The signer callback threw, or returned other than a valid 64-byte Ed25519 signature by its own public key. No request left. */
  | { readonly kind: "signer_failure"; readonly cause?: unknown }
  /**
   * A signature in the answer is not by the party it should be by. Nothing of the answer may be used. `requestId` is octane's
   * name for the request, where the answer has a plausible one.
   */
  | ({
      readonly kind: "signature_mismatch";
      readonly party: "sp" | "octane" | "device";
      readonly requestId?: string;
    } & RequestId);

export type SignErrorKind = SignErrorDetails["kind"];

/**
 * Why a signature could not be had. Narrow it by `kind`. `signer_failure` and `signature_mismatch` exist in
 * TypeScript only; the others are the vendor's own words.
 *
 * @example
 * ```ts
 * try {
 *   await client.sign({ address, payload, algo: "secp256k1" });
 * } catch (error) {
 *   if (error instanceof SignError && error.kind === "http" && error.code === "user_rejected") return;
 *   throw error;
 * }
 * ```
 */
export type SignError = Error & SignErrorDetails;

export type SignErrorConstructor = {
  new (message: string, details: SignErrorDetails): SignError;
  readonly prototype: SignError;
};

/** Makes a `SignError`; `instanceof` and `kind` tell what happened. */
export const SignError: SignErrorConstructor = kindError("SignError");
