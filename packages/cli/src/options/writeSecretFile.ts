import { randomUUID } from "node:crypto";
import { linkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { CliError } from "../errors/CliError.js";

/**
 * Writes a file that only its owner may read (mode 0600), all of it or nothing. What is there already stays, unless `force`.
 *
 * @throws CliError `file_exists`, or `file_failed` with what the system says.
 */
export function writeSecretFile(path: string, text: string, force: boolean): void {
  // Written beside it first: a file that is replaced may have been readable by everybody, or be a link to elsewhere.
  const beside = `${path}.${randomUUID()}`;
  try {
    writeFileSync(beside, text, { mode: 0o600, flag: "wx" });
    if (force) renameSync(beside, path);
    else linkSync(beside, path);
  } catch (error) {
    throw failure(path, error);
  } finally {
    rmSync(beside, { force: true });
  }
}

function failure(path: string, error: unknown): CliError {
  const code = (error as { code?: string }).code ?? "unknown error";
  if (code === "EEXIST") {
    const next = "Give another file, or --force to replace it: a seed that is replaced is gone.";
    return new CliError("file_exists", `${path} exists already and was left as it is.`, next);
  }
  const next = "Check that the folder exists and that you may write there.";
  return new CliError("file_failed", `${path} could not be written (${code}).`, next, { cause: error });
}
