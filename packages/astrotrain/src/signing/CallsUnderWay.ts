/** What is being asked for just now, by what makes two calls the same. */
export class CallsUnderWay {
  readonly #counts = new Map<string, number>();

  /** The function that comes back says that the call is over; it is called once. */
  enter(identity: string): () => void {
    this.#counts.set(identity, this.#count(identity) + 1);
    return () => {
      const left = this.#count(identity) - 1;
      if (left > 0) this.#counts.set(identity, left);
      else this.#counts.delete(identity);
    };
  }

  /** Whether another call than the one that asks is for the same. */
  has(identity: string): boolean {
    return this.#count(identity) > 1;
  }

  #count(identity: string): number {
    return this.#counts.get(identity) ?? 0;
  }
}
