import { type Answer, answerOf } from "./Answer.js";
import { headersOf, type SentHeaders } from "./headersOf.js";
import { pause, within } from "./pause.js";
import { Untried } from "./Verdict.js";
import { openWatch, type Watch } from "./Watch.js";

/** What can be said about a request beside method and path. */
export type Sending = SentHeaders & {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly text?: string;
  /** Where a person decides: how long, in milliseconds. Nobody deciding in time makes the check untried. */
  readonly decideMs?: number;
  /** How often to send what octane puts off. Default 5. */
  readonly tries?: number;
};

/** Plain HTTP to one octane. */
export type Wire = {
  /** Sends a request; one that octane puts off with 429 again, under the same headers. */
  readonly send: (method: string, path: string, sending?: Sending) => Promise<Answer>;
  /** Opens a stream of events. */
  readonly watch: (path: string, sending?: Sending) => Promise<Watch>;
  /** Every answer so far, in order, but for streams. */
  readonly seen: readonly Answer[];
};

/** Where an octane is, and how to get there. */
export type WireOptions = {
  readonly octaneUrl: string;
  readonly apiKey: string;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal | undefined;
};

/** How long octane gets where nobody has to decide. */
const plainMs = 30_000;
const mostTries = 5;

/** Makes a wire. */
export function createWire({ octaneUrl, apiKey, fetch, signal }: WireOptions): Wire {
  const base = octaneUrl.replace(/\/+$/, "");
  const seen: Answer[] = [];
  const underWay = new Set<AbortController>();
  const endAll = (): void => {
    for (const stop of underWay) stop.abort(signal?.reason);
  };
  // One listener for all requests: of more than ten on a signal Node warns. It ends the whole run, so this may stay.
  signal?.addEventListener("abort", endAll, { once: true });

  const open = (
    method: string,
    path: string,
    sending: Sending,
    stop: AbortController,
  ): (() => Promise<Response>) => {
    const body = sending.text ?? (sending.json === undefined ? undefined : JSON.stringify(sending.json));
    const headers = headersOf(method, body !== undefined, apiKey, sending);
    if (signal?.aborted) stop.abort(signal.reason);
    underWay.add(stop);
    stop.signal.addEventListener("abort", () => underWay.delete(stop), { once: true });
    // As bytes: a text would get a content type by itself.
    const bytes = body === undefined ? {} : { body: new TextEncoder().encode(body) };
    return () => fetch(base + path, { method, headers, redirect: "manual", signal: stop.signal, ...bytes });
  };

  const note = (answer: Answer): Answer => {
    seen.push(answer);
    return answer;
  };

  const send: Wire["send"] = async (method, path, sending = {}) => {
    const to = `${method} ${path}`;
    const stop = new AbortController();
    const request = open(method, path, sending, stop);
    const read = async (): Promise<Answer> => {
      const response = await request();
      return answerOf(to, response, await response.text());
    };
    const ms = sending.decideMs ?? plainMs;
    try {
      for (let tries = 1; ; tries += 1) {
        const answer = await orStopped(ms, read(), stop);
        if (answer === undefined) throw lateError(to, ms, sending);
        note(answer);
        if (answer.status !== 429 || tries >= (sending.tries ?? mostTries)) return answer;
        await pause(retryMs(answer.headers));
      }
    } finally {
      // Nothing is under way any more: it need not end with the whole run.
      stop.abort();
    }
  };

  const watch: Wire["watch"] = async (path, sending = {}) => {
    const stop = new AbortController();
    const request = open("GET", path, sending, stop);
    for (let tries = 1; ; tries += 1) {
      const opened = await orStopped(plainMs, request(), stop);
      if (opened === undefined) throw lateError(`GET ${path}`, plainMs, {});
      const found = openWatch(`GET ${path}`, opened, stop, note);
      if (opened.status !== 429 || tries === mostTries) return found;
      await found.ends(plainMs);
      await pause(retryMs(opened.headers));
    }
  };

  return { send, watch, seen };
}

async function orStopped<T>(ms: number, work: Promise<T>, stop: AbortController): Promise<T | undefined> {
  work.catch(() => {});
  const found = await within(ms, work, undefined);
  if (found === undefined) stop.abort();
  return found;
}

function lateError(to: string, ms: number, { decideMs }: Sending): Error {
  const late = `no answer to ${to} within ${ms / 1000} s`;
  return decideMs === undefined ? new Error(late) : new Untried(`${late}: nobody decided`);
}

/** As octane says, a minute at most; a second where it does not say. */
function retryMs(headers: Headers): number {
  const seconds = Number(headers.get("retry-after") ?? "1");
  return Math.min(60, Number.isFinite(seconds) && seconds >= 0 ? seconds : 1) * 1000;
}
