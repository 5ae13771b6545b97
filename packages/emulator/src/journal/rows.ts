import type { Journal, Row, Table } from "./Journal.js";
import { noJournal } from "./noJournal.js";

/** One table of a journal, its rows as a store's own values. */
export type Rows<Value extends object> = {
  put(id: string, value: Value): void;
  remove(id: string): void;
  /** What was there at the start. */
  all(): readonly (readonly [id: string, value: Value])[];
};

/** Opens a table. The fields named in `nested` travel as JSON text; `undefined` as null. */
export function openRows<Value extends object>(
  journal: Journal,
  table: Table,
  nested: readonly (keyof Value & string)[] = [],
): Rows<Value> {
  // Nothing is encoded for nobody.
  if (journal === noJournal) return { put: () => {}, remove: () => {}, all: () => [] };
  return {
    put: (id, value) => journal.put(table, id, encode(value, nested)),
    remove: (id) => journal.put(table, id, undefined),
    all: () => Array.from(journal.rows(table), ([id, row]) => [id, decode(row, nested) as Value] as const),
  };
}

function encode(value: object, nested: readonly string[]): Row {
  const fields = Object.entries(value).map(([name, field]) => {
    if (field === undefined) return [name, null];
    return [name, nested.includes(name) ? JSON.stringify(field) : field];
  });
  return Object.fromEntries(fields);
}

function decode(row: Row, nested: readonly string[]): object {
  const fields = Object.entries(row)
    .filter(([, field]) => field !== null)
    .map(([name, field]) => [name, nested.includes(name) ? JSON.parse(String(field)) : field]);
  return Object.fromEntries(fields);
}
