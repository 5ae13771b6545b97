/** The longest delay a timer takes; a longer one would fire at once. */
const longestMs = 2 ** 31 - 1;

/**
 * Calls `run` once after `ms` milliseconds, unless cancelled. Until then the process stays alive, as it would for a
 * request over a socket: a script that awaits the answer gets it.
 */
export function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** Keeps the process alive until cancelled. */
export function stayAlive(): () => void {
  return every(longestMs, () => {});
}

/** Calls `run` every `ms` milliseconds until cancelled. The process stays alive until then. */
export function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}

/** {@link later}, for what is worth doing only as long as something else keeps the process alive. */
export function laterMeanwhile(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  unref(timer);
  return () => clearTimeout(timer);
}

/** {@link every}, for what is worth doing only as long as something else keeps the process alive. */
export function everyMeanwhile(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  unref(timer);
  return () => clearInterval(timer);
}

/** Node's timers are objects with `unref`, a browser's are numbers. */
function unref(timer: unknown): void {
  (timer as { unref?: () => void }).unref?.();
}
