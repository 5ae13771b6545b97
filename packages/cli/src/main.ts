import { CommanderError } from "commander";
import type { Run } from "./command.js";
import { CliError } from "./errors/CliError.js";
import { docsUrl } from "./errors/docsUrl.js";
import type { Explained } from "./errors/explainError.js";
import { createScrub } from "./errors/scrub.js";
import { signalExitCode } from "./exitCodes.js";
import type { Io } from "./io.js";
import { manifest } from "./manifest.js";
import { givenIn } from "./options/names.js";
import { createPaint } from "./output/paint.js";
import { plainJson } from "./output/plain.js";
import { createProgram } from "./program.js";

/**
 * Runs `sigil` inside this process and gives its exit code: 0 ok, 1 failure, 2 wrong usage, 3 rejected by the user, 4
 * expired, 128 and the signal's number where `io.signal` was aborted. Errors are printed, never thrown.
 *
 * @param argv What would be typed after `sigil`.
 * @example
 * ```ts
 * const { stdout, stderr, env } = process;
 * process.exitCode = await main(["doctor", "--json"], { stdout, stderr, env });
 * ```
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const json = wantsJson(argv);
  const given = givenIn(argv);
  const run: Run = { io, given, exitCode: 0 };
  try {
    const program = await createProgram(argv, run, json);
    await program.parseAsync(argv, { from: "user" });
    return run.exitCode;
  } catch (error) {
    // Help and version are no errors, though they come as such.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // It knows the SDK's errors, of which a command that ends well has no need.
    const { explainError } = await import("./errors/explainError.js");
    if (io.signal?.aborted === true) return endInterrupted(explainError(error, given), io, json);
    return fail(explainError(asUsage(error), given), argv, io, json);
  }
}

/** Asked before anything is parsed, since parsing may be what fails. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return argv.slice(0, end < 0 ? argv.length : end).includes("--json");
}

function asUsage(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  // Its own words, without the label; what follows an equals sign may be a secret.
  const message = error.message.replace(/^error: /, "").replace(/(--[\w-]+)=[^']*/g, "$1");
  const what = error.code === "commander.help" ? "No command was given." : message;
  return new CliError("usage", what, "sigil --help lists the commands, sigil <command> --help its options.");
}

function fail(explained: Explained, argv: readonly string[], io: Io, json: boolean): number {
  const scrub = createScrub(argv, io.env);
  const { kind, code, message, next, docs, exitCode, fields } = explained;
  const base = docsUrl(manifest.homepage);
  if (json) {
    // A path would lead nowhere from where the program runs.
    const page = base === undefined ? {} : { docs: `${base}${docs}` };
    io.stdout.write(scrub(`${plainJson({ error: { kind, code, message, next, ...page, ...fields } })}\n`));
    return exitCode;
  }
  const { red, dim } = createPaint(io.stderr, io.env);
  const open = fields.outcome === "unknown" ? [openLine(fields.idempotencyKey)] : [];
  const lines = [`${red("error")}: ${message}`, next, ...open, dim(`(${code}, see ${base ?? ""}${docs})`)];
  io.stderr.write(scrub(`${lines.join("\n")}\n`));
  return exitCode;
}

/** A request that was on its way may have been approved: its key gets the answer, so it is said. */
function endInterrupted({ fields }: Explained, { signal, stdout, stderr }: Io, json: boolean): number {
  const name = typeof signal?.reason === "string" ? signal.reason : "SIGINT";
  const open = fields.outcome === "unknown" ? { idempotencyKey: fields.idempotencyKey } : {};
  const error = { kind: "interrupted", code: "interrupted", message: `Ended by ${name}.`, ...open };
  if (json) stdout.write(`${plainJson({ error })}\n`);
  else stderr.write(open.idempotencyKey === undefined ? "\n" : `\n${openLine(open.idempotencyKey)}\n`);
  return signalExitCode(name);
}

const openLine = (key: unknown): string =>
  `The user may have been asked: run it again with --idempotency-key ${key} for the answer.`;
