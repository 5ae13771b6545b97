import type { Delivery } from "./faults/Delivery.js";
import { fetchFailed } from "./faults/fetchErrors.js";
import { followed, isFollowed, mostRedirects, type Resendable } from "./faults/follow.js";
import { simulate } from "./faults/simulate.js";
import { raceAbort } from "./internal/abort.js";

/** One request and what comes back: octane's answer, or what a fault makes of it. */
export type Exchange = (request: Request, signal: AbortSignal | undefined) => Promise<Response | Delivery>;

const exchanges = new WeakMap<typeof globalThis.fetch, Exchange>();

/** `fetch` as the platform has it, answered by an octane in this process: no socket, no DNS, any origin. */
export function createFetch(exchange: Exchange): typeof globalThis.fetch {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const asked = toRequest(input, init);
    asked.signal?.throwIfAborted();
    return raceAbort(answer(exchange, asked), asked.signal);
  };
  exchanges.set(fetch, exchange);
  return fetch;
}

async function answer(
  exchange: Exchange,
  { request, signal, body }: Asked,
  redirects = 0,
): Promise<Response> {
  const got = await exchange(request, signal);
  if (!("ending" in got)) return got;
  if (!isFollowed(got, request)) return simulate(got, request, signal);
  if (redirects === mostRedirects) throw fetchFailed(new Error("redirect count exceeded"));
  return answer(exchange, { ...followed(got, request, body), signal }, redirects + 1);
}

/** What is behind such a `fetch`, for a server that does to its sockets what `fetch` only reports. */
export function exchangeOf(fetch: typeof globalThis.fetch): Exchange {
  return exchanges.get(fetch) ?? ((request) => fetch(request));
}

type Asked = {
  readonly request: Request;
  readonly signal: AbortSignal | undefined;
  /** The request's body, where it can be sent a second time. */
  readonly body: Resendable;
};

/**
 * The signal is kept out of the Request: a Request follows its signal with a listener that only garbage collection
 * takes off again.
 */
function toRequest(
  input: Parameters<typeof globalThis.fetch>[0],
  init: RequestInit | null | undefined,
): Asked {
  const { signal: given, ...parts } = partsOf(init);
  const signal = given === undefined && input instanceof Request ? input.signal : given;
  const plain = input instanceof Request && Object.keys(parts).length === 0;
  const request = plain ? unused(input) : new Request(input, { ...parts, signal: null });
  const body = parts.body instanceof ReadableStream ? undefined : (parts.body ?? undefined);
  return { request, signal: signal ?? undefined, body };
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
