/** Long enough to try again by hand, and no longer than octane can be expected to know its first answer. */
const rememberedMs = 600_000;
const mostRemembered = 1_000;
/** An identity holds the payload, which may be long. */
const longestTogether = 1024 * 1024;

/** A question that octane may have put to the user. */
export type Question = {
  /** The idempotency key under which octane knows it. */
  readonly id: string;
  /** When it was first asked, by `performance.now()`. */
  readonly since: number;
  /** The SP's signature that went with it. Some signers never give the same twice, and another body is another request. */
  readonly spSignature?: Uint8Array | undefined;
};

type Open = Question & { readonly identity: string };

/**
 * The calls whose outcome is unknown. When the same thing is asked for again, it is asked for under the id it had: octane
 * then gives the answer that was lost, and asks nobody a second time. Hosts have no way to hand an id through their own
 * methods, so without this a second `signMessage` would be a second prompt.
 */
export class UnsettledCalls {
  /** The oldest first. */
  #open: readonly Open[] = [];

  /** The oldest question of that identity, out of the list: whoever asks for the same at the same time takes the next, or asks anew. */
  take(identity: string): Question | undefined {
    if (this.#open.length === 0) return undefined;
    this.#open = this.#open.filter(({ since }) => performance.now() - since < rememberedMs);
    const found = this.#open.find((each) => each.identity === identity);
    this.#open = this.#open.filter((each) => each !== found);
    return found;
  }

  keep(identity: string, question: Question): void {
    const kept = [...this.#open.filter(({ id }) => id !== question.id), { ...question, identity }];
    let length = 0;
    // From the newest back, as many as there is room for.
    const from = kept.findLastIndex((each) => {
      length += each.identity.length;
      return length > longestTogether;
    });
    this.#open = kept.slice(Math.max(from + 1, kept.length - mostRemembered));
  }

  /** Octane has given its word on it. */
  settle(id: string): void {
    if (this.#open.some((each) => each.id === id)) this.#open = this.#open.filter((each) => each.id !== id);
  }
}
