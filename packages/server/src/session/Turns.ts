/** One at a time for each key; who comes later waits for all before. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  async take<T>(key: string, run: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const turn = before.then(run);
    const over = turn.then(
      () => {},
      () => {},
    );
    this.#last.set(key, over);
    try {
      return await turn;
    } finally {
      if (this.#last.get(key) === over) this.#last.delete(key);
    }
  }
}
