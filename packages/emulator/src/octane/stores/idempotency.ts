import type { Journal } from "../../journal/Journal.js";
import { noJournal } from "../../journal/noJournal.js";
import { openRows, type Rows } from "../../journal/rows.js";
import type { Answer } from "../answer.js";
import { Refusal } from "../refusal.js";

/** One POST that carries an `Idempotency-Key`. */
type KeyedCall = {
  readonly spId: string;
  readonly key: string;
  /** What was asked: route and body. The same key for something else is a mistake of the caller's. */
  readonly fingerprint: string;
  /** Does the work. It goes on, and its answer is kept, though nobody waits for that any more. */
  readonly run: () => Promise<Answer>;
};

/** The first answer to a keyed call, and whether it is a repetition. */
type KeyedAnswer = { readonly answer: Answer; readonly repeated: boolean };

/** Remembers answers by provider and `Idempotency-Key` (protocol page, section Conventions). */
export type Idempotency = {
  once(call: KeyedCall): Promise<KeyedAnswer>;
  /** Forgets what was answered to the provider, or to all of them. */
  clear(spId?: string): void;
};

/** An answer as it is kept. */
type Kept = Answer & { readonly user_id: string; readonly key: string; readonly fingerprint: string };

type Entries = Map<string, Entry>;

type Entry = {
  readonly fingerprint: string;
  readonly answer: Promise<Answer>;
  settled: boolean;
};

/** Makes a store that keeps the last `most` answers of each provider, filled with what was there. */
export function createIdempotency(most = 1_000, journal: Journal = noJournal): Idempotency {
  const rows = openRows<Kept>(journal, "sign_requests", ["body", "headers"]);
  const bySp = new Map<string, Entries>();
  const entriesOf = (spId: string): Entries => {
    const entries = bySp.get(spId) ?? new Map<string, Entry>();
    bySp.set(spId, entries);
    return entries;
  };
  for (const [, { user_id, key, fingerprint, ...answer }] of rows.all()) {
    entriesOf(user_id).set(key, { fingerprint, answer: Promise.resolve(answer), settled: true });
  }
  return {
    once: async (call) => {
      const entries = entriesOf(call.spId);
      const known = entries.get(call.key);
      if (known !== undefined && known.fingerprint !== call.fingerprint) throw reused();
      const { answer } = known ?? begin(entries, call, { most, rows, safe: journal.safe });
      return { answer: await answer, repeated: known !== undefined };
    },
    clear: (spId) => {
      for (const id of spId === undefined ? [...bySp.keys()] : [spId]) {
        const entries = bySp.get(id) ?? new Map<string, Entry>();
        for (const key of entries.keys()) rows.remove(rowId(id, key));
        // What is under way finds itself forgotten, and is not kept.
        entries.clear();
        bySp.delete(id);
      }
    },
  };
}

function rowId(spId: string, key: string): string {
  return `${spId} ${key}`;
}

function reused(): Refusal {
  return new Refusal(
    "bad_request",
    "Idempotency-Key was used before for another request: make a new key for each call, and keep it only for its retries.",
  );
}

type Keeping = { readonly most: number; readonly rows: Rows<Kept>; readonly safe: Journal["safe"] };

function begin(entries: Entries, call: KeyedCall, { most, rows, safe }: Keeping): Entry {
  const { spId, key, fingerprint } = call;
  const running = call.run();
  /** On record before anyone who waits gets it. */
  const answer = running.then((given) => {
    entry.settled = true;
    // "Not now" is no answer to keep: the same call again is meant to be tried again.
    if (given.status === 429 || given.status >= 500) forget(entries, key, entry);
    else if (entries.get(key) === entry)
      rows.put(rowId(spId, key), { ...given, user_id: spId, key, fingerprint });
    const oldest = forgetOldest(entries, most);
    if (oldest !== undefined) rows.remove(rowId(spId, oldest));
    // Where nobody waits, nobody else has it written. Storage that fails is told to whoever comes for the answer.
    safe().catch(() => {});
    return given;
  });
  const entry: Entry = { fingerprint, answer, settled: false };
  entries.set(key, entry);
  answer.catch(() => forget(entries, key, entry));
  return entry;
}

function forget(entries: Entries, key: string, entry: Entry): void {
  if (entries.get(key) === entry) entries.delete(key);
}

/** Oldest first; one that still waits for its answer is never forgotten. */
function forgetOldest(entries: Entries, most: number): string | undefined {
  if (entries.size <= most) return undefined;
  for (const [key, entry] of entries) {
    if (!entry.settled) continue;
    entries.delete(key);
    return key;
  }
  return undefined;
}
