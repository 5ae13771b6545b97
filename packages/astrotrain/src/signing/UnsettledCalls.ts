/** Long enough to try again by hand, and no longer than octane can be expected to know its first answer. */
const rememberedMs = 600_000;
const mostRemembered = 1_000;
/** Of characters in all: what is asked for may be long. */
const longestRemembered = 4 * 2 ** 20;

/** A question that octane may have put to the user. */
export type Question = {
  /** The idempotency key under which octane knows it. */
  readonly id: string;
  /** When its answer was lost, by `performance.now()`. */
  readonly since: number;
  /** The SP's signature that went with it. Some signers never give the same twice, and another body is another request. */
  readonly spSignature?: Uint8Array | undefined;
};

/** By what makes two calls the same. */
type Open = Question & { readonly identity: string };

/**
 * The calls whose outcome is unknown. When the same thing is asked for again, it is asked for under the id it had: octane
 * then gives the answer that was lost, and asks nobody a second time. Hosts have no way to hand an id through their own
 * methods, so without this a second `signMessage` would be a second prompt.
 */
export class UnsettledCalls {
  /** The one lost first comes first. */
  #open: readonly Open[] = [];

  /** The oldest question of that kind, out of the list: whoever asks for the same at the same time takes the next, or asks anew. */
  take(identity: string): Question | undefined {
    if (this.#open.length === 0) return undefined;
    this.#open = this.#open.filter(({ since }) => performance.now() - since < rememberedMs);
    const found = this.#open.find((each) => each.identity === identity);
    this.#open = this.#open.filter((each) => each !== found);
    return found;
  }

  keep(identity: string, question: Question): void {
    const others = this.#open.filter(({ id }) => id !== question.id);
    this.#open = [...others, { ...question, identity }].slice(-mostRemembered);
    let length = this.#open.reduce((sum, each) => sum + each.identity.length, 0);
    // The last one stays, however long.
    while (length > longestRemembered && this.#open.length > 1) {
      length -= this.#open[0]?.identity.length ?? 0;
      this.#open = this.#open.slice(1);
    }
  }

  /** Octane has given its word on it. */
  settle(id: string): void {
    if (this.#open.some((each) => each.id === id)) this.#open = this.#open.filter((each) => each.id !== id);
  }
}
