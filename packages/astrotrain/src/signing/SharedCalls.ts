import { type Attempt, withDeadline } from "../transport/deadline.js";

/** What a call is for, and what there is to know of its request: that of the call which it joins. */
export type Call<Asked> = { readonly identity: string; asked: Asked };

type Shared<T, Asked> = {
  readonly asked: Asked;
  readonly result: Promise<T>;
  readonly abort: AbortController;
  /** The attempts of those who wait. */
  readonly waiting: Set<Attempt>;
};

/** Calls for the same thing at the same time become one. */
export class SharedCalls<T extends object, Asked> {
  readonly #underWay = new Map<string, Shared<T, Asked>>();

  /**
   * Waits for the call under way for the same, or begins it. Whoever is aborted only stops waiting; the call itself ends when
   * nobody waits for it any more. Each gets an object of its own.
   */
  async join(call: Call<Asked>, attempt: Attempt, run: (attempt: Attempt) => Promise<T>): Promise<T> {
    const { identity } = call;
    const shared = this.#underWay.get(identity) ?? this.#begin(call, run);
    // Whoever leaves last has all that the next call needs.
    call.asked = shared.asked;
    // Whoever leaves can't know how far it had got.
    attempt.sent = true;
    const leave = this.#wait(identity, shared, attempt);
    attempt.signal.addEventListener("abort", leave);
    try {
      return { ...(await shared.result) };
    } finally {
      attempt.signal.removeEventListener("abort", leave);
      leave();
    }
  }

  #begin({ identity, asked }: Call<Asked>, run: (attempt: Attempt) => Promise<T>): Shared<T, Asked> {
    const abort = new AbortController();
    const waiting = new Set<Attempt>();
    const remainingMs = (): number => Math.max(...[...waiting].map((each) => each.remainingMs()));
    // No time of its own: it has what the most patient of those who wait has left.
    const result = withDeadline({ signal: abort.signal }, (attempt) =>
      run(Object.assign(attempt, { remainingMs })),
    );
    const shared = { asked, result, abort, waiting };
    this.#underWay.set(identity, shared);
    const over = (): void => this.#forget(identity, shared);
    result.then(over, over);
    return shared;
  }

  #wait(identity: string, shared: Shared<T, Asked>, attempt: Attempt): () => void {
    shared.waiting.add(attempt);
    return () => {
      if (!shared.waiting.delete(attempt) || shared.waiting.size > 0) return;
      // Nobody may join a call that is being called off.
      this.#forget(identity, shared);
      shared.abort.abort(new DOMException("Nobody waits for it any more.", "AbortError"));
    };
  }

  #forget(identity: string, shared: Shared<T, Asked>): void {
    if (this.#underWay.get(identity) === shared) this.#underWay.delete(identity);
  }
}
