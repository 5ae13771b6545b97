import { type Table, tables } from "../journal/Journal.js";
import { columnsOf, type Value } from "./columns.js";
import { type CredentialsFile, credentialsId } from "./credentials.js";
import type { Database, Values } from "./database.js";
import { newer } from "./migrate.js";
import { codeOf, StorageError } from "./StorageError.js";
import { schemaVersion } from "./schema.js";

/**
 * All that one emulator keeps, as JSON: rows by table. Secret, for it has the keys of wallets, appliances and octane, and
 * the first service provider's own.
 */
export type StorageState = {
  readonly format: "sigil-emulator";
  readonly schema_version: number;
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, string | number | null>>[]>>;
};

/** What is kept now. */
export async function exportState(database: Database, file: CredentialsFile): Promise<StorageState> {
  const all: Partial<Record<Table, readonly Values[]>> = {};
  for (const table of tables) all[table] = await database.values(table);
  const row = file.read();
  const credentials = row === undefined ? [] : [{ name: credentialsId, value: JSON.stringify(row) }];
  const settings = [...(all.settings ?? []), ...credentials];
  return { format: "sigil-emulator", schema_version: schemaVersion, tables: { ...all, settings } };
}

/**
 * Fills an empty database of the state's own version.
 *
 * @throws StorageError `not_empty` or `bad_state`.
 */
export async function importState(
  database: Database,
  file: CredentialsFile,
  state: StorageState,
  where: string,
): Promise<void> {
  for (const table of ["users", "appliances"] as const) {
    if ((await database.rows(table)).size > 0) throw notEmpty(where);
  }
  const rows = rowsOf(state);
  const isCredentials = (table: Table, { name }: Values): boolean =>
    table === "settings" && name === credentialsId;
  const credentials = rows.find(([table, values]) => isCredentials(table, values))?.[1].value;
  const inserts = rows.filter(([table, values]) => !isCredentials(table, values)).map(insert);
  try {
    if (credentials !== undefined) file.write(JSON.parse(String(credentials)));
    await database.write(inserts);
  } catch (cause) {
    if (cause instanceof StorageError) throw cause;
    throw badState(`its rows do not fit together (${codeOf(cause)})`, cause);
  }
}

const insert = ([table, values]: readonly [string, Values]): { sql: string; args: Value[] } => {
  const names = Object.keys(values);
  const marks = names.map(() => "?").join(", ");
  return { sql: `INSERT INTO ${table} (${names.join(", ")}) VALUES (${marks})`, args: Object.values(values) };
};

/** @throws StorageError `bad_state` or `newer_schema` where this is no state that can be taken in. */
export function checkState(state: StorageState): void {
  const { format, schema_version: version, tables: given } = Object(state) as Partial<StorageState>;
  const isState = format === "sigil-emulator" && Number.isInteger(version) && Object(given) === given;
  if (!isState || version === undefined || version < 1) throw badState("it is not what export gives");
  if (version > schemaVersion) throw newer("This state", version);
  rowsOf(state);
}

/** Table by table; nothing gets into a statement whose name is not known here. */
function rowsOf(state: StorageState): readonly (readonly [Table, Values])[] {
  return Object.entries(state.tables).flatMap(([name, rows]) => {
    const table = tables.find((each) => each === name);
    if (table === undefined || !Array.isArray(rows)) throw badState(`there is no table ${name}`);
    return rows.map((row) => [table, checkedValues(table, row)] as const);
  });
}

function checkedValues(table: Table, row: unknown): Values {
  if (typeof row !== "object" || row === null) throw badState(`${table} has a row that is none`);
  const known = new Set([...columnsOf[table].names, "id"]);
  for (const [name, value] of Object.entries(row)) {
    if (!known.has(name)) throw badState(`table ${table} has no column ${name}`);
    const fits = value === null || typeof value === "string" || Number.isFinite(value);
    if (!fits) throw badState(`${table}.${name} is neither text nor a number`);
  }
  return row as Values;
}

function badState(why: string, cause?: unknown): StorageError {
  return new StorageError("bad_state", `This state cannot be taken in, for ${why}`, "export it anew.", {
    cause,
  });
}

function notEmpty(where: string): StorageError {
  const next = "give an empty folder, or open this one without a state.";
  return new StorageError("not_empty", `${where} has the state of an emulator already`, next);
}
