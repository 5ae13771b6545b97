type Heard = { readonly callbacks: Set<() => void>; readonly listener: () => void };

const heard = new WeakMap<AbortSignal, Heard>();

/**
 * Calls `callback` when the signal aborts; the function that comes back calls it off. However many hang on one signal, it has
 * one listener: Node warns from the eleventh on. With the last of them it goes.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const entry = heard.get(signal) ?? listenTo(signal);
  entry.callbacks.add(callback);
  return () => {
    if (!entry.callbacks.delete(callback) || entry.callbacks.size > 0) return;
    signal.removeEventListener("abort", entry.listener);
    heard.delete(signal);
  };
}

function listenTo(signal: AbortSignal): Heard {
  const callbacks = new Set<() => void>();
  const listener = (): void => {
    for (const callback of [...callbacks]) callback();
  };
  signal.addEventListener("abort", listener);
  const entry = { callbacks, listener };
  heard.set(signal, entry);
  return entry;
}
