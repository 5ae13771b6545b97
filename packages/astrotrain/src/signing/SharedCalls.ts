import { type Attempt, withDeadline } from "../transport/deadline.js";

/** What to begin where no such call is under way, and the id under which octane will know it. */
export type Begin<T> = { readonly id: string; readonly run: (attempt: Attempt) => Promise<T> };

type Shared<T> = {
  readonly id: string;
  readonly result: Promise<T>;
  readonly abort: AbortController;
  waiting: number;
};

/** Calls for the same thing at the same time become one. */
export class SharedCalls<T extends object> {
  readonly #underWay = new Map<string, Shared<T>>();

  /**
   * Waits for the call under way for `key`, or begins it. Whoever is aborted only stops waiting; the call itself ends when
   * nobody waits for it any more. Each gets an object of its own, and is told the id of the call that it joined.
   */
  async join(key: string, attempt: Attempt, begin: Begin<T>, joined: (id: string) => void): Promise<T> {
    const shared = this.#underWay.get(key) ?? this.#begin(key, begin);
    joined(shared.id);
    // Whoever leaves can't know how far it had got.
    attempt.sent = true;
    const leave = this.#wait(key, shared);
    attempt.signal.addEventListener("abort", leave);
    try {
      return { ...(await shared.result) };
    } finally {
      attempt.signal.removeEventListener("abort", leave);
      leave();
    }
  }

  #begin(key: string, { id, run }: Begin<T>): Shared<T> {
    const abort = new AbortController();
    // No time of its own: each of those who wait has one.
    const result = withDeadline({ signal: abort.signal }, run);
    const shared = { id, result, abort, waiting: 0 };
    this.#underWay.set(key, shared);
    const over = (): void => this.#forget(key, shared);
    result.then(over, over);
    return shared;
  }

  #wait(key: string, shared: Shared<T>): () => void {
    shared.waiting++;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      shared.waiting--;
      if (shared.waiting > 0) return;
      // Nobody may join a call that is being called off.
      this.#forget(key, shared);
      shared.abort.abort(new DOMException("Nobody waits for it any more.", "AbortError"));
    };
  }

  #forget(key: string, shared: Shared<T>): void {
    if (this.#underWay.get(key) === shared) this.#underWay.delete(key);
  }
}
