import type { Client, InStatement } from "@libsql/client/sqlite3";
import type { Row, Table } from "../journal/Journal.js";
import { columnsOf, type Value } from "./columns.js";
import { fileUrl, unusable } from "./files.js";
import type { Libsql } from "./libsql.js";
import { migrate } from "./migrate.js";
import { StorageError } from "./StorageError.js";

/** A row as the database has it. */
export type Values = Readonly<Record<string, Value>>;

/** The database of one emulator. Calls of it may not overlap. */
export type Database = {
  /** Its path, for sentences. */
  readonly name: string;
  /** One transaction: all of it or nothing. */
  write(statements: readonly InStatement[]): Promise<void>;
  /** All rows of a table, in the order in which they were first put. */
  rows(table: Table): Promise<ReadonlyMap<string, Row>>;
  values(table: Table): Promise<readonly Values[]>;
  /** A number that changes when somebody else has written. */
  version(): Promise<number>;
  /** Brings the schema to this version, by default the newest. @throws StorageError `newer_schema`. */
  migrate(to?: number): Promise<void>;
  close(): void;
};

/**
 * Holds for the one connection there is. NORMAL: a transaction is with the operating system before it is acknowledged, so
 * it outlives this process, though a power cut may take the last ones. The time-out is for others who write, in ms.
 */
const pragmas = ["journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "busy_timeout = 5000"];

/** Opens the file, or a database in memory. @throws StorageError `unusable` or `newer_schema`. */
export async function openDatabase(libsql: Libsql, path: string | undefined): Promise<Database> {
  const url = path === undefined ? "file::memory:" : fileUrl(path);
  const client = libsql.createClient({ url, concurrency: 1, intMode: "number" });
  const name = path ?? "The database in memory";
  try {
    await setUp(client);
  } catch (error) {
    client.close();
    throw unusable(name, error);
  }
  let open = true;
  return {
    name,
    write: async (statements) => {
      if (!open) throw new StorageError("closed", "The storage has been closed", "open it again.");
      try {
        await client.batch([...statements], "write");
      } catch (error) {
        // After a failure the client may go on with another connection.
        await setUp(client).catch(() => {});
        throw error;
      }
    },
    rows: async (table) => {
      const { toRow } = columnsOf[table];
      return new Map((await valuesOf(client, table)).map(toRow));
    },
    values: (table) => valuesOf(client, table),
    version: async () => Number((await client.execute("PRAGMA data_version")).rows[0]?.[0]),
    migrate: (to) => migrate(client, name, to),
    close: () => {
      open = false;
      client.close();
    },
  };
}

async function setUp(client: Client): Promise<void> {
  for (const pragma of pragmas) await client.execute(`PRAGMA ${pragma}`);
}

async function valuesOf(client: Client, table: Table): Promise<readonly Values[]> {
  const { rows } = await client.execute(`SELECT * FROM ${table} ORDER BY rowid`);
  return rows.map((row) => ({ ...row }) as Record<string, Value>);
}
