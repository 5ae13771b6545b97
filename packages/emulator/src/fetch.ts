import { raceAbort } from "./internal/abort.js";
import type { Octane } from "./octane/octane.js";

/** `fetch` as the platform has it, answered by an octane in this process: no socket, no DNS, any origin. */
export function createFetch(octane: Octane): typeof globalThis.fetch {
  return async (input, init) => {
    const { request, signal } = toRequest(input, init);
    signal?.throwIfAborted();
    return raceAbort(octane.fetch(request, signal === undefined ? {} : { signal }), signal);
  };
}

/**
 * The signal is kept out of the Request: a Request follows its signal with a listener that only garbage collection
 * takes off again.
 */
function toRequest(
  input: Parameters<typeof globalThis.fetch>[0],
  init: RequestInit = {},
): { request: Request; signal: AbortSignal | undefined } {
  const signal = init.signal === undefined && input instanceof Request ? input.signal : init.signal;
  const plain = input instanceof Request && Object.keys(init).length === 0;
  const request = plain ? input : new Request(input, { ...init, signal: null });
  return { request, signal: signal ?? undefined };
}
