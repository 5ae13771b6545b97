/** Why the control API does not do what it is asked. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  /** The HTTP status. */
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** @throws ControlError 400 `bad_request`. */
export function badRequest(message: string): never {
  throw new ControlError(400, "bad_request", message);
}

/** Runs a method that checks what it is given, and says so in the words of the method. */
export function checked<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return badRequest(error.message);
    throw error;
  }
}
