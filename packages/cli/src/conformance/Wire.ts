import { type Answer, answerOf } from "./Answer.js";
import { within } from "./pause.js";
import { Untried } from "./Verdict.js";
import { openWatch, type Watch } from "./Watch.js";

/** What can be said about a request beside method and path. `null` leaves a header out. */
export type Sending = {
  /** Another service provider's key than the one under test. */
  readonly apiKey?: string;
  readonly authorization?: string | null;
  readonly contentType?: string | null;
  /** Default for a POST: a fresh UUID. */
  readonly idempotencyKey?: string | null;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly text?: string;
  /** Where a person decides: how long, in milliseconds. Nobody deciding in time makes the check untried. */
  readonly decideMs?: number;
};

/** Plain HTTP to one octane. */
export type Wire = {
  readonly send: (method: string, path: string, sending?: Sending) => Promise<Answer>;
  /** Opens a stream of events. */
  readonly watch: (path: string, sending?: Sending) => Promise<Watch>;
  /** Every answer so far, in order. */
  readonly seen: readonly Answer[];
};

/** How long octane gets where nobody has to decide. */
const plainMs = 30_000;

/** Makes a wire. @throws nothing: what goes wrong does so on each request. */
export function createWire(octaneUrl: string, apiKey: string, fetch: typeof globalThis.fetch): Wire {
  const base = octaneUrl.replace(/\/+$/, "");
  const seen: Answer[] = [];
  const open = (method: string, path: string, sending: Sending, signal: AbortSignal): Promise<Response> => {
    const body = sending.text ?? (sending.json === undefined ? undefined : JSON.stringify(sending.json));
    return fetch(base + path, {
      method,
      headers: headersOf(method, body, apiKey, sending),
      redirect: "manual",
      signal,
      // As bytes: a text would get a content type by itself.
      ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }),
    });
  };
  const note = (answer: Answer): Answer => {
    seen.push(answer);
    return answer;
  };
  return {
    seen,
    send: async (method, path, sending = {}) => {
      const stop = new AbortController();
      const whole = open(method, path, sending, stop.signal).then(async (response) =>
        answerOf(`${method} ${path}`, response, await response.text()),
      );
      whole.catch(() => {});
      const ms = sending.decideMs ?? plainMs;
      const answer = await within(ms, whole, undefined);
      if (answer !== undefined) return note(answer);
      stop.abort();
      const late = `no answer to ${method} ${path} within ${ms / 1000} s`;
      throw sending.decideMs === undefined ? new Error(late) : new Untried(`${late}: nobody decided`);
    },
    watch: async (path, sending = {}) => {
      const stop = new AbortController();
      const opened = await within(plainMs, open("GET", path, sending, stop.signal), undefined);
      if (opened !== undefined) return openWatch(`GET ${path}`, opened, stop, note);
      stop.abort();
      throw new Error(`no headers to GET ${path} within ${plainMs / 1000} s`);
    },
  };
}

function headersOf(method: string, body: string | undefined, apiKey: string, sending: Sending): Headers {
  const headers = new Headers();
  const set = (name: string, value: string | null): void => {
    if (value !== null) headers.set(name, value);
  };
  const bearer = `Bearer ${sending.apiKey ?? apiKey}`;
  set("authorization", sending.authorization === undefined ? bearer : sending.authorization);
  if (body !== undefined) {
    set("content-type", sending.contentType === undefined ? "application/json" : sending.contentType);
  }
  if (method === "POST") {
    set(
      "idempotency-key",
      sending.idempotencyKey === undefined ? crypto.randomUUID() : sending.idempotencyKey,
    );
  }
  return headers;
}
