/** The calls of one owner that are under way, so that all of them can be ended at once. */
export class Scope {
  readonly #aborts = new Set<(reason: unknown) => void>();

  /** Says how to end a call; the function that comes back takes it out again. */
  join(abort: (reason: unknown) => void): () => void {
    this.#aborts.add(abort);
    return () => void this.#aborts.delete(abort);
  }

  end(reason: unknown): void {
    for (const abort of [...this.#aborts]) abort(reason);
  }
}
