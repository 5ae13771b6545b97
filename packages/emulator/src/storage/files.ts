import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { codeOf, StorageError } from "./StorageError.js";

/** A path as libSQL takes it: with Windows' drive, whatever characters are in it. */
export function fileUrl(path: string): string {
  return `file:${resolve(path).replaceAll("\\", "/").split("/").map(encodeSegment).join("/")}`;
}

const encodeSegment = (segment: string): string => encodeURIComponent(segment).replaceAll("%3A", ":");

/** Makes the folder, for its owner alone. @throws StorageError `unusable`. */
export function makeFolder(dir: string): void {
  try {
    makeFolders(resolve(dir));
  } catch (cause) {
    throw unusable(dir, cause);
  }
}

/** One by one, not `recursive`: of a folder that cannot be made in one that is there, as below /proc, Node tries for ever. */
function makeFolders(dir: string): void {
  if (isFolder(dir)) return;
  const parent = dirname(dir);
  if (parent !== dir) makeFolders(parent);
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    // Somebody else may have been quicker.
    if (!isFolder(dir)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
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
