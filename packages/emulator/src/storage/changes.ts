import type { InStatement } from "@libsql/client/sqlite3";
import type { Row, Table } from "../journal/Journal.js";
import { columnsOf } from "./columns.js";

/** What is to become of one row. `anew`: it was no more in between, so that it comes last again. */
export type Change = {
  readonly table: Table;
  readonly id: string;
  readonly row: Row | undefined;
  readonly anew: boolean;
};

/** Changes that are not in the database yet, each row once, as it is now. */
export type Changes = {
  put(table: Table, id: string, row: Row | undefined): void;
  size(): number;
  /** All of them, which are then no longer here. */
  take(): readonly Change[];
  /** Puts back what could not be written, behind which stands what came since. */
  restore(taken: readonly Change[]): void;
  /** The rows of a table as they will be, given what is in the database. */
  over(table: Table, rows: ReadonlyMap<string, Row>): ReadonlyMap<string, Row>;
};

/** Makes an empty list. */
export function createChanges(): Changes {
  let changes = new Map<string, Change>();
  const put = (table: Table, id: string, row: Row | undefined): void => {
    const key = `${table} ${id}`;
    const before = changes.get(key);
    const anew = row !== undefined && before !== undefined && (before.anew || before.row === undefined);
    if (row === undefined || anew) changes.delete(key);
    changes.set(key, { table, id, row, anew });
  };
  const take = (): readonly Change[] => {
    const taken = [...changes.values()];
    changes = new Map();
    return taken;
  };
  return {
    put,
    take,
    size: () => changes.size,
    restore: (taken) => {
      const since = take();
      for (const change of taken) changes.set(`${change.table} ${change.id}`, change);
      for (const { table, id, row, anew } of since) {
        if (anew) put(table, id, undefined);
        put(table, id, row);
      }
    },
    over: (table, rows) => {
      const now = new Map(rows);
      for (const change of changes.values()) {
        if (change.table !== table) continue;
        if (change.row === undefined || change.anew) now.delete(change.id);
        if (change.row !== undefined) now.set(change.id, change.row);
      }
      return now;
    },
  };
}

/**
 * The statements that write them: what goes first, so that what comes does not collide with it, then each row behind the
 * one it means nothing without.
 */
export function statementsOf(changes: readonly Change[]): readonly InStatement[] {
  const gone = changes.filter(({ row, anew }) => row === undefined || anew);
  const there = changes
    .filter(({ row }) => row !== undefined)
    .sort((a, b) => ordered.indexOf(a.table) - ordered.indexOf(b.table));
  return [...gone.map(remove), ...there.map(upsert)];
}

function remove({ table, id }: Change): InStatement {
  const { key, keyOf } = columnsOf[table];
  const where = key.map((column) => `${column} = ?`).join(" AND ");
  return { sql: `DELETE FROM ${table} WHERE ${where}`, args: [...keyOf(id)] };
}

function upsert({ table, id, row = {} }: Change): InStatement {
  return { sql: upserts[table], args: [...columnsOf[table].toValues(id, row)] };
}

const ordered = Object.keys(columnsOf);

/** Which column names the row that one of this table means nothing without, and the table of that row. */
const owners: Partial<Record<Table, { readonly column: string; readonly table: Table }>> = {
  api_keys: { column: "user_id", table: "users" },
  signing_keys: { column: "user_id", table: "users" },
  sign_requests: { column: "user_id", table: "users" },
  appliance_pairs: { column: "appliance_id", table: "appliances" },
};

const upserts = Object.fromEntries(
  Object.entries(columnsOf).map(([table, { names, key }]) => {
    const values = names.map((_, at) => `?${at + 1}`).join(", ");
    const rest = names.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`);
    const insert = `INSERT INTO ${table} (${names.join(", ")}) SELECT ${values} WHERE ${condition(table as Table, names)}`;
    return [table, `${insert} ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${rest.join(", ")}`];
  }),
) as Readonly<Record<Table, string>>;

/** Whose owner another client has deleted meanwhile is left out: it would keep all others from being written. */
function condition(table: Table, names: readonly string[]): string {
  const owner = owners[table];
  if (owner === undefined) return "true";
  return `EXISTS (SELECT 1 FROM ${owner.table} WHERE id = ?${names.indexOf(owner.column) + 1})`;
}
