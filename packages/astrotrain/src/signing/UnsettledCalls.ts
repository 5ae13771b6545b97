/** Long enough to try again by hand, and no longer than octane can be expected to know its first answer. */
const rememberedMs = 600_000;
const mostRemembered = 1_000;

type Unsettled = { readonly id: string; readonly since: number };

/**
 * The ids of calls whose outcome is unknown. When the same thing is asked for again, it is asked for under the id it had: octane
 * then gives the answer that was lost, and asks nobody a second time. Hosts have no way to hand an id through their own
 * methods, so without this a second `signMessage` would be a second prompt.
 */
export class UnsettledCalls {
  readonly #calls = new Map<string, Unsettled>();

  /** Octane has given its word on the call with that id. */
  settle(key: string, id: string): void {
    if (this.#calls.get(key)?.id === id) this.#calls.delete(key);
  }

  /** The id of the last call for `key`, once: whoever asks for the same at the same time asks anew. */
  take(key: string): Unsettled | undefined {
    const call = this.#calls.get(key);
    this.#calls.delete(key);
    return call !== undefined && performance.now() - call.since < rememberedMs ? call : undefined;
  }

  /** `before` is what `take` gave for this call: the time counts from the first try. */
  keep(key: string, id: string, before: Unsettled | undefined): void {
    this.#calls.set(key, { id, since: before?.since ?? performance.now() });
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > mostRemembered && oldest !== undefined) this.#calls.delete(oldest);
  }
}
