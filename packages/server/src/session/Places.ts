/** Lets so many run at once; the others wait in line, in the order in which they came. */
export class Places {
  readonly #line: (() => void)[] = [];
  #free: number;

  constructor(size: number) {
    this.#free = size;
  }

  async take<T>(run: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#line.push(resolve));
    try {
      return await run();
    } finally {
      const next = this.#line.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
