import type { SignError } from "@sigil/astrotrain";
import { textOf } from "@sigil/evm";
import { BaseError, UserRejectedRequestError } from "viem";

/**
 * A method of a Sigil account failed. Astrotrain's `SignError` or `ConfigError`, where there is one, is its `cause`.
 *
 * @example
 * ```ts
 * const cause = error instanceof BaseError && error.walk((each) => each instanceof SignError);
 * if (cause instanceof SignError && cause.kind === "http") console.error(cause.code);
 * ```
 */
export class SigilAccountError extends BaseError {
  override name = "SigilAccountError";
}

/** viem's own error where it has one for the case, ours as the `cause` of a {@link SigilAccountError} otherwise. */
export function toViemError(method: string, error: unknown): BaseError {
  if (error instanceof BaseError) return error;
  const cause = error instanceof Error ? error : new Error(textOf(error));
  if (isUserRejection(cause)) return new UserRejectedRequestError(cause);
  return new SigilAccountError(`${method} of the Sigil account failed.`, { cause });
}

/** By its fields: an application may hold a second copy of astrotrain. */
function isUserRejection(error: Error): boolean {
  const { kind, code } = error as Partial<SignError & { kind: "http" }>;
  return kind === "http" && code === "user_rejected";
}
