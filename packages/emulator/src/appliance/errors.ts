/** What can be wrong with a thing done on the appliance. */
export type ApplianceErrorCode =
  | "bad_link"
  | "bad_code"
  | "bad_key"
  | "session_not_found"
  | "session_over"
  | "scope_not_requested"
  | "request_over"
  | "pair_not_found"
  | "appliance_offline";

/**
 * Thrown by what a test does on the appliance: a link that is none, a session that is over, a key that is no key. The
 * message says what to do and never repeats a key.
 *
 * @example
 * ```ts
 * await card.approve().catch((error) => error instanceof ApplianceError && error.code); // "session_over"
 * ```
 */
export class ApplianceError extends Error {
  override readonly name = "ApplianceError";
  /** Stable, for programs. */
  readonly code: ApplianceErrorCode;

  constructor(code: ApplianceErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
