import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Journal } from "@sigil/emulator";
import { openStorage, type Storage, StorageError, type StorageState } from "@sigil/emulator/storage";
import { CliError } from "../errors/CliError.js";
import { writeSecretFile } from "../options/writeSecretFile.js";

/** Where `sigil dev` keeps its state, and where it takes it from and leaves it. */
export type KeptFlags = {
  readonly data?: string;
  readonly import?: string;
  readonly export?: string;
};

/** The state of an emulator that outlives it. */
export type Kept = {
  readonly journal: Journal;
  /** Writes the file of `--export`, where there is one. */
  readonly leave: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * Opens what the flags name, a memory where they name no folder.
 *
 * @throws CliError `data_failed`, `file_failed` or `bad_option`, with the flag that helps.
 */
export async function openKept(flags: KeptFlags): Promise<Kept> {
  const { data, export: to } = flags;
  const state = flags.import === undefined ? undefined : readState(flags.import);
  if (to !== undefined) requireWritable(to);
  const storage = await open({
    ...(data === undefined ? {} : { dir: data }),
    ...(state === undefined ? {} : { state }),
  });
  return {
    journal: storage.journal,
    leave: async () => {
      if (to !== undefined) writeSecretFile(to, `${JSON.stringify(await storage.export(), null, 2)}\n`, true);
    },
    close: storage.close,
  };
}

async function open(options: Parameters<typeof openStorage>[0]): Promise<Storage> {
  try {
    return await openStorage(options);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const { code, message, next } = error;
    const what = `${message.slice(0, -next.length - 2)}.`;
    throw new CliError(code === "bad_state" ? "bad_option" : "data_failed", what, sentence(next), {
      cause: error,
    });
  }
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function readState(file: string): StorageState {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const { code } = cause as { code?: string };
    if (code === undefined) {
      throw new CliError("bad_option", `${file} is not JSON.`, "Give a file that --export wrote.");
    }
    const next = "Check the path, and that you may read it.";
    throw new CliError("file_failed", `${file} could not be read (${code}).`, next, { cause });
  }
}

/** Said before there is anything to lose. */
function requireWritable(file: string): void {
  if (isFolder(file)) {
    throw new CliError("file_failed", `${file} could not be written: it is a folder.`, "Name a file in it.");
  }
  try {
    accessSync(dirname(resolve(file)), constants.W_OK);
  } catch (cause) {
    const { code = "unknown error" } = cause as { code?: string };
    const next = "Check that the folder exists and that you may write there.";
    throw new CliError("file_failed", `${file} could not be written (${code}).`, next, { cause });
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(resolve(path)).isDirectory();
  } catch {
    return false;
  }
}
