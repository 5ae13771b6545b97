import type { Attempt } from "./deadline.js";

/**
 * Lets so many calls run at once; the others wait in line. An HTTP/1.1 connection is taken for as long as octane waits
 * for a person, and runtimes open as many as they are asked for.
 */
export class Slots {
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(size: number) {
    this.#free = size;
  }

  /**
   * Runs `run` as soon as there is room. Whoever is aborted in line leaves it, and `run` never begins; whoever is aborted later
   * makes room at once, even where `run` doesn't heed its signal.
   */
  async use<T>({ signal }: Attempt, run: () => Promise<T>): Promise<T> {
    // Its abort has been told by now, and would not be heard in line.
    signal.throwIfAborted();
    if (this.#free > 0) this.#free--;
    else await this.#wait(signal);
    let left = false;
    const leave = (): void => {
      if (!left) this.#leave();
      left = true;
    };
    signal.addEventListener("abort", leave);
    try {
      return await run();
    } finally {
      signal.removeEventListener("abort", leave);
      leave();
    }
  }

  /**
   * The place of the one who leaves goes to the one who waited longest, without ever being free. A turn of the event loop later:
   * the runtime takes the connection back only then, and would open another one for whoever comes before.
   */
  #leave(): void {
    if (this.#waiting.size === 0) {
      this.#free++;
      return;
    }
    setTimeout(() => {
      const [next] = this.#waiting;
      if (next === undefined) this.#free++;
      else next();
    });
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        this.#waiting.delete(go);
        signal.removeEventListener("abort", quit);
        resolve();
      };
      const quit = (): void => {
        this.#waiting.delete(go);
        reject(signal.reason);
      };
      this.#waiting.add(go);
      signal.addEventListener("abort", quit, { once: true });
    });
  }
}
