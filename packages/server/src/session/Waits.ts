import type { Outcome } from "../store/SessionRecord.js";

/** Waits for one session's outcome. It gives `undefined` where it found none, and must not reject. */
export type Run = (signal: AbortSignal, keep: () => void) => Promise<Outcome | undefined>;

/** A place in a wait. */
export type Joined = { readonly outcome: Promise<Outcome | undefined>; readonly leave: () => void };

type Wait = {
  readonly controller: AbortController;
  readonly settle: (outcome: Outcome | undefined) => void;
  readonly outcome: Promise<Outcome | undefined>;
  waiting: number;
  /** Octane has answered: what follows is done once, whoever leaves. */
  kept: boolean;
};

/** One wait upstream for all that wait here for the same session; it ends when the last of them leaves. */
export class Waits {
  readonly #waits = new Map<string, Wait>();

  join(sessionId: string, run: Run): Joined {
    const wait = this.#waits.get(sessionId) ?? this.#start(sessionId, run);
    wait.waiting += 1;
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      wait.waiting -= 1;
      if (wait.waiting === 0) this.#stop(sessionId, wait);
    };
    return { outcome: wait.outcome, leave };
  }

  /** Gives all that wait for this session an outcome. */
  end(sessionId: string, outcome: Outcome): void {
    const wait = this.#waits.get(sessionId);
    if (wait === undefined) return;
    wait.settle(outcome);
    this.#stop(sessionId, wait);
  }

  #start(sessionId: string, run: Run): Wait {
    let settle: Wait["settle"] = () => {};
    const outcome = new Promise<Outcome | undefined>((resolve) => {
      settle = resolve;
    });
    const wait: Wait = { controller: new AbortController(), settle, outcome, waiting: 0, kept: false };
    this.#waits.set(sessionId, wait);
    const keep = (): void => {
      wait.kept = true;
    };
    void run(wait.controller.signal, keep).then((found) => {
      this.#forget(sessionId, wait);
      settle(found);
    });
    return wait;
  }

  /** Whoever asks next may come while an aborted one still winds up: theirs is a new wait. */
  #stop(sessionId: string, wait: Wait): void {
    if (wait.kept) return;
    wait.controller.abort();
    this.#forget(sessionId, wait);
  }

  #forget(sessionId: string, wait: Wait): void {
    if (this.#waits.get(sessionId) === wait) this.#waits.delete(sessionId);
  }
}
