import { exitCodes } from "../exitCodes.js";

/** The stable names of what goes wrong in the command line itself. */
export type CliErrorCode =
  | "usage"
  | "missing_option"
  | "bad_option"
  | "file_exists"
  | "file_failed"
  | "data_failed"
  | "port_in_use"
  | "listen_failed"
  | "production"
  | "exec_failed"
  | "not_octane"
  | "not_an_emulator"
  | "trigger_failed";

/** Which of them are the fault of the command line or the environment, so that nothing was tried. */
const usageCodes: ReadonlySet<CliErrorCode> = new Set(["usage", "missing_option", "bad_option"]);

/** What went wrong in the command line itself, in words for whoever typed it. */
export class CliError extends Error {
  static {
    CliError.prototype.name = "CliError";
  }

  readonly code: CliErrorCode;
  /** What to do about it. */
  readonly next: string;

  constructor(code: CliErrorCode, message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.next = next;
  }

  get exitCode(): number {
    return usageCodes.has(this.code) ? exitCodes.usage : exitCodes.failure;
  }
}
