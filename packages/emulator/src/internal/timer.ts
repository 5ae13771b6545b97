/** Calls `run` once after `ms` milliseconds, unless cancelled. The timer never keeps a process alive. */
export function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  unref(timer);
  return () => clearTimeout(timer);
}

/** Calls `run` every `ms` milliseconds until cancelled. The timer never keeps a process alive. */
export function every(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  unref(timer);
  return () => clearInterval(timer);
}

/** Node's timers are objects with `unref`, a browser's are numbers. */
function unref(timer: unknown): void {
  (timer as { unref?: () => void }).unref?.();
}
