import type { Client } from "@libsql/client/sqlite3";
import { StorageError } from "./StorageError.js";
import { schemaVersion, steps } from "./schema.js";

/** Brings a database to a version of the schema, in one transaction. @throws StorageError `newer_schema`. */
export async function migrate(client: Client, name: string, to: number = schemaVersion): Promise<void> {
  await client.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
  const { rows } = await client.execute("SELECT max(version) FROM schema_version");
  const from = Number(rows[0]?.[0] ?? 0);
  if (from > schemaVersion) throw newer(name, from);
  if (from >= to) return;
  const statements = steps.slice(from, to).flat();
  const record = { sql: "INSERT INTO schema_version (version) VALUES (?)", args: [to] };
  await client.batch(["DELETE FROM schema_version", ...statements, record], "write");
}

/** What is said of what a later version has made. */
export function newer(what: string, version: number): StorageError {
  return new StorageError(
    "newer_schema",
    `${what} has version ${version} of the schema, and this is version ${schemaVersion}`,
    "update @sigil/emulator.",
  );
}
