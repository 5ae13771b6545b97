import { setImmediate } from "node:timers/promises";
import type { Journal, Row, Table } from "../journal/Journal.js";
import { tables } from "../journal/Journal.js";
import { type Change, createChanges, statementsOf } from "./changes.js";
import { type CredentialsFile, credentialsId } from "./credentials.js";
import type { Database } from "./database.js";
import { unusable } from "./files.js";
import { StorageError } from "./StorageError.js";

/** The journal of a database, and what else is done to it, one after the other. */
export type StoredJournal = {
  readonly journal: Journal;
  /** Does something to the database once all that was told is in it, while nothing else does. */
  alone<T>(work: () => Promise<T>): Promise<T>;
};

type Rows = ReadonlyMap<string, Row>;

/** What others may write while the emulator runs. */
const shared = ["users", "api_keys", "signing_keys"] as const satisfies readonly Table[];

/** Reads what is there, and makes the journal. */
export async function createStoredJournal(
  database: Database,
  credentials: CredentialsFile,
): Promise<StoredJournal> {
  const changes = createChanges();
  const start = await readStart(database, credentials);
  let seen = await database.version();
  let now: ReadonlyMap<Table, Rows> = start;

  const inLine = createLine();
  let writing: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    if (changes.size() === 0) return;
    const taken = changes.take();
    writing = write(database, credentials, taken);
    try {
      await writing;
    } catch (error) {
      changes.restore(taken);
      throw error instanceof StorageError ? error : unusable(database.name, error);
    } finally {
      writing = undefined;
    }
  };
  const safe = (): Promise<void> => {
    if (changes.size() === 0) return next ?? writing ?? Promise.resolve();
    next ??= inLine(async () => {
      // All that this turn of the event loop still tells goes into the same transaction.
      await setImmediate();
      next = undefined;
      await flush();
    });
    return next;
  };

  const reloads = new Set<() => void>();
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    looking = undefined;
    const version = await database.version();
    if (version === seen) return;
    await flush();
    const read = new Map<Table, Rows>();
    for (const table of shared) read.set(table, await database.rows(table));
    seen = version;
    // Told since the flush, and not written by anybody else: this is still alone.
    now = new Map([
      ...start,
      ...[...read].map(([table, rows]) => [table, changes.over(table, rows)] as const),
    ]);
    for (const reload of reloads) reload();
    now = start;
  };

  return {
    journal: {
      put: changes.put,
      safe,
      rows: (table) => now.get(table) ?? [],
      refresh: (reload) => {
        reloads.add(reload);
        looking ??= inLine(look);
        return looking;
      },
    },
    alone: (work) =>
      inLine(async () => {
        await flush();
        return work();
      }),
  };
}

/** One transaction; the credentials before, since the rows that go with them are not looked for without. */
async function write(database: Database, file: CredentialsFile, changes: readonly Change[]): Promise<void> {
  const isCredentials = ({ table, id }: Change): boolean => table === "settings" && id === credentialsId;
  const row = changes.find(isCredentials)?.row;
  if (row !== undefined) file.write(row);
  await database.write(statementsOf(changes.filter((change) => !isCredentials(change))));
}

async function readStart(database: Database, file: CredentialsFile): Promise<ReadonlyMap<Table, Rows>> {
  const start = new Map<Table, Rows>();
  for (const table of tables) start.set(table, await database.rows(table));
  const row = file.read();
  // Killed between file and transaction, there are credentials of nobody.
  const { id = "" } = JSON.parse(String(row?.sp ?? "{}")) as { id?: string };
  if (row === undefined || start.get("users")?.has(id) !== true) return start;
  return start.set("settings", new Map([...(start.get("settings") ?? []), [credentialsId, row]]));
}

/** Runs one piece of work after the other, in the order in which they were handed in. */
function createLine(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}
