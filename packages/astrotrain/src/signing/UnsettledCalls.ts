/** Long enough to try again by hand, and no longer than octane can be expected to know its first answer. */
const rememberedMs = 600_000;
const mostRemembered = 1_000;

/** A question that octane may have put to the user. */
export type Question = {
  /** The idempotency key under which octane knows it. */
  readonly id: string;
  /** When its answer was lost, by `performance.now()`. */
  readonly since: number;
  /** The SP's signature that went with it. Some signers never give the same twice, and another body is another request. */
  readonly spSignature?: Uint8Array | undefined;
};

/** By its fingerprint, for what is asked may be long. */
type Open = Question & { readonly fingerprint: string };

/**
 * The calls whose outcome is unknown. When the same thing is asked for again, it is asked for under the id it had: octane
 * then gives the answer that was lost, and asks nobody a second time. Hosts have no way to hand an id through their own
 * methods, so without this a second `signMessage` would be a second prompt.
 */
export class UnsettledCalls {
  /** The one lost first comes first. */
  #open: readonly Open[] = [];

  /** The oldest question of that kind, out of the list: whoever asks for the same at the same time takes the next, or asks anew. */
  take(fingerprint: string): Question | undefined {
    if (this.#open.length === 0) return undefined;
    this.#open = this.#open.filter(({ since }) => performance.now() - since < rememberedMs);
    const found = this.#open.find((each) => each.fingerprint === fingerprint);
    this.#open = this.#open.filter((each) => each !== found);
    return found;
  }

  keep(fingerprint: string, question: Question): void {
    const others = this.#open.filter(({ id }) => id !== question.id);
    this.#open = [...others, { ...question, fingerprint }].slice(-mostRemembered);
  }

  /** Octane has given its word on it. */
  settle(id: string): void {
    if (this.#open.some((each) => each.id === id)) this.#open = this.#open.filter((each) => each.id !== id);
  }
}
