import type { Journal, Row, Table } from "../src/index.js";

/** Rows by table and id: what would be in storage. */
export type Storage = ReadonlyMap<Table, ReadonlyMap<string, Row>>;

/** A journal in memory that can be stopped: from then on nothing gets into storage. */
export type MemoryJournal = Journal & {
  /** A copy of what is in storage now. */
  readonly stored: () => Storage;
  /** How often something was written, all that waited in one go. */
  readonly commits: () => number;
  /** Is called after each write, before anyone hears of it. */
  onCommit: () => void;
  /** From now on writing fails. */
  readonly stop: () => void;
};

/** Writes are held back until somebody asks whether they are safe, and become one. */
export function createMemoryJournal(start: Storage = new Map()): MemoryJournal {
  const storage = new Map([...start].map(([table, rows]) => [table, new Map(rows)]));
  let waiting: (readonly [Table, string, Row | undefined])[] = [];
  let commits = 0;
  let stopped = false;
  const write = (): void => {
    if (stopped) throw new Error("The storage is gone.");
    if (waiting.length === 0) return;
    for (const [table, id, row] of waiting) {
      const rows = storage.get(table) ?? new Map<string, Row>();
      storage.set(table, rows);
      if (row === undefined) rows.delete(id);
      else rows.set(id, row);
    }
    waiting = [];
    commits += 1;
    journal.onCommit();
  };
  const journal: MemoryJournal = {
    put: (table, id, row) => void waiting.push([table, id, row]),
    safe: async () => {
      // As a disk does: not at once.
      await new Promise(setImmediate);
      write();
    },
    rows: (table) => [...(start.get(table) ?? [])],
    stored: () => new Map([...storage].map(([table, rows]) => [table, new Map(rows)])),
    commits: () => commits,
    onCommit: () => {},
    stop: () => {
      stopped = true;
    },
  };
  return journal;
}
