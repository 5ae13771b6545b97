import { createKeyStore } from "../appliance/keyStore.js";
import { checkedRule } from "../appliance/rules/checkRule.js";
import type { Rule } from "../appliance/rules/Rule.js";
import { fromBase64Url } from "../encoding/base64url.js";
import { requireRange } from "../internal/requireRange.js";
import { type Table, tables } from "../journal/Journal.js";
import { checkedPolicy } from "../octane/policy.js";
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
  if (table === "settings") checkSetting(row as Values);
  if (table === "appliances") checkAppliance(row as Values);
  return row as Values;
}

/** By the name of each setting its one field, and what makes sure that octane and the appliances can go by its text. */
const settings: Readonly<Record<string, readonly [field: string, check: (text: string) => unknown]>> = {
  octane: ["seed", requireSeed],
  policy: ["policy", (text) => checkedPolicy(requireObject(parsed(text)))],
  rules: ["rules", (text) => requireList<Rule>(parsed(text)).map(checkedRule)],
  // Looked at where they are written.
  [credentialsId]: ["sp", () => {}],
};

function checkSetting({ name, value }: Values): void {
  const known = Object.entries(settings).find(([each]) => each === name);
  if (known === undefined) throw badState(`there is no setting ${name}`);
  const [, [field, check]] = known;
  orBadState(`its setting ${name} is none`, () => {
    const row = requireObject<Values>(parsed(value));
    const text = row[field];
    if (Object.keys(row).length !== 1 || typeof text !== "string")
      throw new TypeError(`it must be { ${field} }.`);
    check(text);
  });
}

/** Its wallets are made to see that they can be. */
function checkAppliance({ name, mnemonic, wallets_per_chain, imported_keys }: Values): void {
  orBadState(`its appliance ${name} has no such wallets`, () => {
    const count = Number(wallets_per_chain);
    requireRange("wallets_per_chain", count, 1, 100);
    createKeyStore(String(mnemonic), count, requireList(parsed(imported_keys)));
  });
}

/** What a check says becomes the reason; none of them repeats a key. */
function orBadState(what: string, check: () => void): void {
  try {
    check();
  } catch (cause) {
    throw badState(`${what} (${(cause as Error).message.replace(/\.$/, "")})`, cause);
  }
}

/** The parser's own words may repeat a key. */
function parsed(text: Value | undefined): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    throw new TypeError("it is not JSON.");
  }
}

function requireObject<T extends object>(value: unknown): T {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as T;
  throw new TypeError("it is no object.");
}

function requireList<T>(value: unknown): readonly T[] {
  if (Array.isArray(value)) return value;
  throw new TypeError("it is no list.");
}

function requireSeed(text: string): void {
  if (fromBase64Url(text)?.length !== 32) throw new TypeError("seed must be 32 bytes as base64url.");
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
