/** One thing that `sigil doctor` looked at. */
export type Check = {
  readonly name: string;
  /** `skipped` where something before it has to work first, or nothing was set. */
  readonly status: "ok" | "failed" | "skipped";
  /** What was found, without any secret. */
  readonly detail: string;
  /** A stable name of what is wrong. */
  readonly code?: string;
  /** What to do about it. */
  readonly next?: string;
  /** A heading of docs/errors.md. */
  readonly docs?: string;
};

export const ok = (name: string, detail: string): Check => ({ name, status: "ok", detail });

export const skipped = (name: string, detail: string): Check => ({ name, status: "skipped", detail });

export const failed = (
  name: string,
  code: string,
  detail: string,
  next: string,
  docs = "docs/errors.md#in-the-command-line",
): Check => ({ name, status: "failed", detail, code, next, docs });
