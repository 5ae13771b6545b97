import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { codeOf, StorageError } from "./StorageError.js";

/** A path as libSQL takes it: with Windows' drive, whatever characters are in it. */
export function fileUrl(path: string): string {
  return `file:${resolve(path).replaceAll("\\", "/").split("/").map(encodeSegment).join("/")}`;
}

const encodeSegment = (segment: string): string => encodeURIComponent(segment).replaceAll("%3A", ":");

/** Makes the folder, for its owner alone. @throws StorageError `unusable`. */
export function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw unusable(dir, cause);
  }
}

/**
 * Makes the file for its owner alone where it is not there yet: SQLite gives those beside it the same mode. One that is there
 * is not opened: closing it again would let go of the locks that this process has on it.
 */
export function makeFile(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (cause) {
    if (codeOf(cause) !== "EEXIST") throw unusable(path, cause);
  }
}

/** Writes a file for its owner alone, all of it or nothing. @throws StorageError `unusable`. */
export function writeWhole(path: string, text: string): void {
  const beside = `${path}.new`;
  try {
    rmSync(beside, { force: true });
    writeFileSync(beside, text, { mode: 0o600, flag: "wx" });
    renameSync(beside, path);
  } catch (cause) {
    throw unusable(path, cause);
  }
}

/** What is said of a path that does not do. */
export function unusable(path: string, cause: unknown): StorageError {
  const next =
    codeOf(cause) === "EEXIST"
      ? "it is a file: name a folder, or one that is not there yet."
      : "check that it may be read and written, and that it is an emulator's.";
  return new StorageError("unusable", `${path} cannot be used (${codeOf(cause)})`, next, { cause });
}
