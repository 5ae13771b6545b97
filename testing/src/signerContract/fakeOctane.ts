import { type Ask, readAsk } from "./ask.js";

/** Decides on one request: answers at once, later, or never. `n` counts from zero. */
export type Device = (ask: Ask, n: number) => Response | Promise<Response>;

export type FakeOctane = {
  readonly fetch: typeof globalThis.fetch;
  /** Every request that arrived, in order. */
  readonly asked: readonly Ask[];
  /** Who decides; may be replaced at any time. */
  device: Device;
};

/** An octane that is a `fetch`: no sockets. It reads `POST …/sp/sign` and holds each request against the protocol. */
export function fakeOctane(device: Device): FakeOctane {
  const asked: Ask[] = [];
  const octane: FakeOctane = {
    asked,
    device,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const signal = signalOf(input, init);
      signal.throwIfAborted();
      const ask = await readAsk(request.clone(), signal);
      asked.push(ask);
      const response = await Promise.race([octane.device(ask, asked.length - 1), rejectOnAbort(signal)]);
      return isRedirect(response) ? follow(request, response, octane) : response;
    },
  };
  return octane;
}

/** The caller's own: a Request's copy of it may be collected together with the Request, and then never fires. */
const signalOf = (input: RequestInfo | URL, init: RequestInit | undefined): AbortSignal =>
  init?.signal ?? (input instanceof Request ? input.signal : new AbortController().signal);

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

const isRedirect = ({ status }: Response): boolean => status === 307 || status === 308;

/** As the platform does it: with the body, and the Authorization header, which is why a signer must not let it. */
async function follow(request: Request, response: Response, octane: FakeOctane): Promise<Response> {
  if (request.redirect === "manual") return response;
  if (request.redirect === "error" || octane.asked.length > 20) throw new TypeError("fetch failed");
  return octane.fetch(request);
}
