import { ConfigError, PairError, SignError } from "@sigil/astrotrain";
import { exitCodes } from "../exitCodes.js";
import { type Given, inOwnNames, nameOf } from "../options/names.js";
import { plain } from "../output/plain.js";
import { CliError } from "./CliError.js";
import { nextStepByStatus, nextSteps } from "./nextSteps.js";

/** An error as `sigil` tells it: what happened and why, a code that stays, what to do, where to read on. */
export type Explained = {
  readonly kind: string;
  /** Stable: octane's own word where there is one, otherwise the kind. */
  readonly code: string;
  readonly message: string;
  readonly next: string;
  /** A heading of docs/errors.md. */
  readonly docs: string;
  readonly exitCode: number;
  /** What else a program may want, such as `status` or `idempotencyKey`. */
  readonly fields: Readonly<Record<string, unknown>>;
};

const page = "docs/errors.md";

/** Puts whatever was thrown into one form, with the names that were typed. Never repeats a value that was passed in. */
export function explainError(error: unknown, given: Given): Explained {
  if (error instanceof CliError) return explainOwn(error);
  if (error instanceof PairError || error instanceof SignError) return explainSdk(error, given);
  if (error instanceof ConfigError || isOption(error)) return explainOption(error, given);
  const message = plain(error instanceof Error ? error.message : String(error));
  const next = "This is a fault of sigil itself: report it with what you ran, without keys.";
  const docs = `${page}#in-the-command-line`;
  return { kind: "internal", code: "internal", message, next, docs, exitCode: exitCodes.failure, fields: {} };
}

/** What goes wrong while an answer is looked at may be a RangeError, too: that is no fault of what was typed. */
const isOption = (error: unknown): error is RangeError =>
  error instanceof RangeError && error.message.startsWith("expiresInSecs:");

/** Its sentences may repeat what another process said. */
function explainOwn(error: CliError): Explained {
  const { code, next, exitCode } = error;
  const message = plain(error.message);
  return { kind: code, code, message, next, docs: `${page}#in-the-command-line`, exitCode, fields: {} };
}

/** The SDK names its options; here they are flags and variables, and a URL cannot be a path, as it may be in a page. */
function explainOption(error: Error, given: Given): Explained {
  const field = nameOf(error instanceof ConfigError ? error.field : "expiresInSecs", given);
  const message = inOwnNames(error.message, given).replace(/,? or (be )?a path such as \/api/, "");
  const next = "Mend it and run the command again: --help names all options.";
  const docs = `${page}#errors`;
  const fields = { field };
  const exitCode = exitCodes.usage;
  return { kind: "config", code: "config", message, next, docs, exitCode, fields };
}

function explainSdk(error: PairError | SignError, given: Given): Explained {
  const code = error.kind === "http" ? (error.code ?? "http") : error.kind;
  const status = error.kind === "http" ? error.status : 0;
  const known = Object.hasOwn(nextSteps, code) ? nextSteps[code] : undefined;
  return {
    kind: error.kind,
    code,
    message: plain([whatHappened(error, given), details(error)].filter((part) => part !== "").join(" ")),
    next: known ?? nextStepByStatus(status),
    docs: `${page}#${headingOf(error)}`,
    exitCode: exitCodeOf(error, code),
    fields: fieldsOf(error),
  };
}

function headingOf(error: PairError | SignError): string {
  if ("outcome" in error && error.outcome === "unknown") return "when-the-outcome-is-unknown";
  if (error.kind === "http") return "codes-of-a-refusal";
  return error instanceof SignError ? "kinds-of-signerror" : "kinds-of-pairerror";
}

function exitCodeOf({ kind }: PairError | SignError, code: string): number {
  if (kind === "rejected" || code === "user_rejected") return exitCodes.rejected;
  if (kind === "expired" || code === "user_timeout") return exitCodes.expired;
  return kind === "invalid_seed" || kind === "seed_length" ? exitCodes.usage : exitCodes.failure;
}

/**
 * The SDK's sentences without the call that a program made, without its advice to programs, and without what octane says
 * itself: each thing is said once, by whoever knows it best.
 */
function whatHappened(error: PairError | SignError, given: Given): string {
  if (error.kind === "http") return octanesAnswer(error.status, error.body);
  const message = error.message
    .replace(/^\w+ failed: /, "")
    .replace(/ See [a-z ]+(;[^.]*)?\.$/, "")
    .replace(/ (Check that octaneUrl points at octane|Raise timeoutMs)[^.]*\./, "");
  const sentence = inOwnNames(message, given);
  return sentence.startsWith("octane") ? `O${sentence.slice(1)}` : sentence.replace(/^no /, "No ");
}

function octanesAnswer(status: number, body: string): string {
  const words = octanesWords(body);
  return words === "" ? `Octane answered ${status}.` : `Octane answered ${status}: ${words}`;
}

/** The cause, as far as it is known to hold no secret. */
function details(error: PairError | SignError): string {
  if (error.kind === "rejected" && error.reason !== "") return `The reason given: ${error.reason}`;
  if (error.kind !== "network") return "";
  const { cause } = (error.cause ?? {}) as { cause?: { code?: unknown } };
  const code = cause?.code;
  return typeof code === "string" && /^[A-Z_0-9]{3,40}$/.test(code) ? `The system says ${code}.` : "";
}

/** What octane itself says is wrong; the SDK has taken the API key out of it. */
function octanesWords(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: { message?: unknown } };
    return typeof error?.message === "string" ? error.message.slice(0, 500) : "";
  } catch {
    return "";
  }
}

function fieldsOf(error: PairError | SignError): Readonly<Record<string, unknown>> {
  const shown = [
    "status",
    "retryAfterMs",
    "outcome",
    "idempotencyKey",
    "reason",
    "completed_at",
    "party",
    "got",
  ];
  return Object.fromEntries(Object.entries(error).filter(([name]) => shown.includes(name)));
}
