import { onAbort } from "./abort.js";
import { later } from "./timer.js";

/** Resolves after `ms` milliseconds, or as soon as the signal aborts. The process stays alive until then. */
export function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    let stop = (): void => {};
    const cancel = later(ms, () => {
      stop();
      resolve();
    });
    stop = onAbort(signal, () => {
      cancel();
      resolve();
    });
  });
}
