/** Why storage cannot be opened, read or written. */
export type StorageErrorCode =
  /** `@libsql/client` is not installed, or has no build for this machine. */
  | "libsql_missing"
  /** Another process has the folder open, or this one has it open already. */
  | "in_use"
  /** A newer version of this package made it. */
  | "newer_schema"
  /** A state is only taken in where nothing is yet. */
  | "not_empty"
  /** What was to be taken in is no state that `export` gave. */
  | "bad_state"
  /** The folder or a file in it cannot be read or written, or is something else. */
  | "unusable"
  | "closed";

/**
 * Says what happened to which folder or file, and what to do next. No secret in it.
 *
 * @example
 * ```ts
 * const storage = await openStorage({ dir: ".sigil" }).catch((error: unknown) => {
 *   if (error instanceof StorageError && error.code === "in_use") process.exit(1);
 *   throw error;
 * });
 * ```
 */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly code: StorageErrorCode;
  /** The latter half of the message: what to do about it. */
  readonly next: string;

  constructor(code: StorageErrorCode, what: string, next: string, options: ErrorOptions = {}) {
    super(`${what}: ${next}`, options);
    this.code = code;
    this.next = next;
  }
}

/** The system's or SQLite's own word for what went wrong, such as `EACCES` or `SQLITE_NOTADB`. */
export function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : "unknown error";
}
