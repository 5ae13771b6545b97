import { SignError } from "@sigil/astrotrain";
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
  const cause = error instanceof Error ? error : new Error(String(error));
  if (cause instanceof SignError && cause.kind === "http" && cause.code === "user_rejected") {
    return new UserRejectedRequestError(cause);
  }
  return new SigilAccountError(`${method} failed: the Sigil appliance gave no usable signature.`, { cause });
}
