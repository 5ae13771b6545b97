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
  init: RequestInit | null | undefined,
): { request: Request; signal: AbortSignal | undefined } {
  const { signal: given, ...parts } = partsOf(init);
  const signal = given === undefined && input instanceof Request ? input.signal : given;
  const plain = input instanceof Request && Object.keys(parts).length === 0;
  const request = plain ? unused(input) : new Request(input, { ...parts, signal: null });
  return { request, signal: signal ?? undefined };
}

function unused(request: Request): Request {
  if (!request.bodyUsed && request.body?.locked !== true) return request;
  throw new TypeError("The body of this Request has already been read: make a new one for each call.");
}

/** The platform takes any object for `init`, one whose fields are inherited too: a Request, for instance. */
function partsOf(init: RequestInit | null | undefined): RequestInit {
  const parts: Record<string, unknown> = {};
  for (const name in init) parts[name] = init[name as keyof RequestInit];
  return parts;
}
