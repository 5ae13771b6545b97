import { onAbort, raceAbort } from "../../internal/abort.js";
import type { Answer } from "../answer.js";
import { Refusal } from "../refusal.js";
import { Withdrawn } from "../withdrawn.js";

/** One POST that carries an `Idempotency-Key`. */
type KeyedCall = {
  readonly spId: string;
  readonly key: string;
  /** What was asked: route and body. The same key for something else is a mistake of the caller's. */
  readonly fingerprint: string;
  readonly signal: AbortSignal | undefined;
  /** Does the work; its signal aborts when no caller is left who waits for the answer. */
  readonly run: (signal: AbortSignal) => Promise<Answer>;
};

/** The first answer to a keyed call, and whether it is a repetition. */
type KeyedAnswer = { readonly answer: Answer; readonly repeated: boolean };

/** Remembers answers by provider and `Idempotency-Key` (protocol page, section Conventions). */
export type Idempotency = { once(call: KeyedCall): Promise<KeyedAnswer> };

type Entry = {
  readonly fingerprint: string;
  readonly answer: Promise<Answer>;
  readonly work: AbortController;
  /** How many callers wait for the answer now. */
  waiting: number;
  settled: boolean;
};

/** Makes an empty store that keeps the last `most` answers of each provider. */
export function createIdempotency(most = 1_000): Idempotency {
  const bySp = new Map<string, Map<string, Entry>>();
  return {
    once: async (call) => {
      const entries = bySp.get(call.spId) ?? new Map<string, Entry>();
      bySp.set(call.spId, entries);
      for (;;) {
        const known = entries.get(call.key);
        if (known !== undefined && known.fingerprint !== call.fingerprint) throw reused();
        const answer = await join(call, known ?? begin(entries, call, most)).catch(nothingIfWithdrawn);
        // Who comes while the last one's request is being withdrawn begins anew.
        if (answer !== undefined) return { answer, repeated: known !== undefined };
        call.signal?.throwIfAborted();
      }
    },
  };
}

function nothingIfWithdrawn(error: unknown): undefined {
  if (!(error instanceof Withdrawn)) throw error;
}

function reused(): Refusal {
  return new Refusal(
    "bad_request",
    "Idempotency-Key was used before for another request: make a new key for each call, and keep it only for its retries.",
  );
}

function begin(entries: Map<string, Entry>, call: KeyedCall, most: number): Entry {
  const work = new AbortController();
  const entry: Entry = {
    fingerprint: call.fingerprint,
    answer: call.run(work.signal),
    work,
    waiting: 0,
    settled: false,
  };
  entries.set(call.key, entry);
  entry.answer.then(
    ({ status }) => {
      entry.settled = true;
      // "Not now" is no answer to keep: the same call again is meant to be tried again.
      if (status === 429 || status >= 500) forget(entries, call.key, entry);
      forgetOldest(entries, most);
    },
    () => forget(entries, call.key, entry),
  );
  return entry;
}

/**
 * Waits along. The last one to leave before there is an answer asks the work to end: where it can, its key is free
 * again; where the user has answered already, that answer stays.
 */
async function join(call: KeyedCall, entry: Entry): Promise<Answer> {
  entry.waiting += 1;
  const stop = onAbort(call.signal, () => {
    entry.waiting -= 1;
    if (entry.waiting === 0) entry.work.abort(call.signal?.reason);
  });
  try {
    return await raceAbort(entry.answer, call.signal);
  } finally {
    stop();
  }
}

function forget(entries: Map<string, Entry>, key: string, entry: Entry): void {
  if (entries.get(key) === entry) entries.delete(key);
}

/** Oldest first; one that still waits for its answer is never forgotten. */
function forgetOldest(entries: Map<string, Entry>, most: number): void {
  if (entries.size <= most) return;
  for (const [key, entry] of entries) {
    if (entry.settled) {
      entries.delete(key);
      return;
    }
  }
}
