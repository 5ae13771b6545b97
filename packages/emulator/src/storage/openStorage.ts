import { join } from "node:path";
import type { Journal } from "../journal/Journal.js";
import { type CredentialsFile, credentialsFile } from "./credentials.js";
import { type Database, openDatabase } from "./database.js";
import { makeFile, makeFolder, unusable } from "./files.js";
import { type Libsql, loadLibsql } from "./libsql.js";
import { lock } from "./lock.js";
import { StorageError } from "./StorageError.js";
import { checkState, exportState, importState, type StorageState } from "./state.js";
import { createStoredJournal } from "./storedJournal.js";

/** Where to keep what an emulator knows. */
export type StorageOptions = {
  /** A folder, made where there is none. Default: memory, for the sake of `export` and `state` alone. */
  readonly dir?: string;
  /** What to begin with: what `export` gave. Only where nothing is kept yet. */
  readonly state?: StorageState;
};

/** An open storage: for one emulator, of one process. */
export type Storage = {
  /** For `createEmulator({ journal })`. */
  readonly journal: Journal;
  /** All that is kept at this moment. Secret. */
  readonly export: () => Promise<StorageState>;
  /** Writes what is left and lets go of the folder. Again is no error. Stop serving before. */
  readonly close: () => Promise<void>;
};

/**
 * Keeps an emulator's sessions, pairings, keys and answers in the folder `dir`: `sigil.db`, a SQLite database that other
 * clients may read and add service providers to while it is open, and `sp.env`, the first service provider's API key and
 * seed. What has been acknowledged outlives the process, however it ends; a power cut may take the last transactions.
 * All of it is readable by the owner of the files alone. Needs the package `@libsql/client`.
 *
 * @param options Both optional, see {@link StorageOptions}.
 * @throws StorageError where the package is missing, the folder is in use, a newer version made it, or it cannot be used.
 * @example
 * ```ts
 * const storage = await openStorage({ dir: ".sigil" });
 * const emulator = createEmulator({ journal: storage.journal });
 * // …
 * await storage.close();
 * ```
 */
export async function openStorage(options: StorageOptions = {}): Promise<Storage> {
  const { dir, state } = options;
  if (state !== undefined) checkState(state);
  const libsql = await loadLibsql();
  if (dir !== undefined) makeFolder(dir);
  const unlock = dir === undefined ? () => {} : await locked(libsql, dir);
  let database: Database | undefined;
  try {
    const path = dir === undefined ? undefined : join(dir, "sigil.db");
    if (path !== undefined) makeFile(path);
    database = await openDatabase(libsql, path);
    const file = credentialsFile(dir);
    await begin(database, file, state, dir ?? "The memory");
    return await storageOf(database, file, unlock);
  } catch (error) {
    database?.close();
    unlock();
    throw error instanceof StorageError ? error : unusable(database?.name ?? dir ?? "The database", error);
  }
}

async function locked(libsql: Libsql, dir: string): Promise<() => void> {
  makeFile(join(dir, "lock"));
  return lock(libsql, dir).catch((error: unknown) => {
    throw error instanceof StorageError ? error : unusable(dir, error);
  });
}

/** A state of an older version is taken in as what it was, and brought up to date together with its rows. */
async function begin(
  database: Database,
  file: CredentialsFile,
  state: StorageState | undefined,
  where: string,
): Promise<void> {
  await database.migrate(state?.schema_version);
  if (state !== undefined) await importState(database, file, state, where);
  await database.migrate();
}

async function storageOf(database: Database, file: CredentialsFile, unlock: () => void): Promise<Storage> {
  const { journal, alone } = await createStoredJournal(database, file);
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    try {
      await alone(async () => {});
    } finally {
      database.close();
      unlock();
    }
  };
  return Object.freeze({
    journal: Object.freeze(journal),
    export: () => alone(() => exportState(database, file)),
    close: () => {
      closed ??= close();
      return closed;
    },
  });
}
