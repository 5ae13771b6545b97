import { redirectRefused } from "../errors/redirectRefused.js";
import { TransportError } from "../errors/TransportError.js";
import { type Attempt, withDeadline } from "./deadline.js";
import { type Endpoint, joinUrl } from "./endpoint.js";
import { cancelBody, readText } from "./readText.js";
import { parseRetryAfter } from "./retryAfter.js";
import { isUnsent } from "./unsent.js";

export type Request = {
  readonly method: "GET" | "POST" | "DELETE";
  /** Path below the base, not encoded yet. */
  readonly path: readonly string[];
  /** JSON text. */
  readonly body?: string | undefined;
  /** The same for each try of one call, so that octane asks the user once. */
  readonly idempotencyKey?: string | undefined;
  /** Where a stream that was cut is to go on. */
  readonly lastEventId?: string | undefined;
  readonly accept: string;
};

/** Enough of a refusal's body for 64 KiB after the longest key is taken out of it. */
const errorBodyCap = 72 * 1024;
/** The status is known by then: the body is worth a moment, not the whole call's time. */
const errorBodyMs = 5_000;

/**
 * The only place that calls `fetch`. Resolves with a 2xx response whose body is not read yet.
 *
 * @throws TransportError of kind `network` or `http`.
 */
export async function send(endpoint: Endpoint, request: Request, attempt: Attempt): Promise<Response> {
  const { signal, sent: sentBefore } = attempt;
  const response = await callFetch(endpoint, request, attempt);
  if (signal.aborted) return discard(response, signal.reason);
  if (
    response.redirected ||
    (response.status >= 300 && response.status < 400) ||
    response.type === "opaqueredirect"
  ) {
    return discard(response, redirectRefused());
  }
  if (response.ok) return response;
  const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"));
  throw new TransportError({
    kind: "http",
    status: response.status,
    body: await readErrorBody(response, attempt),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(sentBefore ? { sentBefore } : {}),
  });
}

async function callFetch(endpoint: Endpoint, request: Request, attempt: Attempt): Promise<Response> {
  // On its own, and not as a method: it must not see the endpoint, which holds the key, as its `this`.
  const { fetch } = endpoint;
  const { signal } = attempt;
  const { sent } = attempt;
  if (signal.aborted) throw new TransportError({ kind: "network", cause: signal.reason, sent });
  attempt.sent = true;
  try {
    const response = await fetch(joinUrl(endpoint.base, request.path), {
      method: request.method,
      headers: headersOf(endpoint, request),
      // A redirect would carry the payload and the SP's signature to whatever host it names: `send` refuses it. Not
      // "error", which Workers do not have.
      redirect: "manual",
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    if (typeof response?.status !== "number")
      throw new TypeError("fetch resolved with something other than a Response");
    return response;
  } catch (error) {
    if (isUnsent(error)) attempt.sent = sent;
    const cause = signal.aborted ? signal.reason : error;
    throw new TransportError({ kind: "network", cause, sent: attempt.sent, foreign: !signal.aborted });
  }
}

/** What can be had of it: a refusal is a refusal, even if its body breaks off or never comes. */
async function readErrorBody(response: Response, { signal }: Attempt): Promise<string> {
  try {
    return await withDeadline({ signal, timeoutMs: errorBodyMs }, (attempt) =>
      readText(response, attempt, { cap: errorBodyCap, overflow: "cut" }),
    );
  } catch {
    if (signal.aborted) throw new TransportError({ kind: "network", cause: signal.reason, sent: true });
    return "";
  }
}

function headersOf(endpoint: Endpoint, request: Request): Record<string, string> {
  return {
    accept: request.accept,
    authorization: `Bearer ${endpoint.apiKey}`,
    ...(request.body === undefined ? {} : { "content-type": "application/json" }),
    ...(request.idempotencyKey === undefined ? {} : { "idempotency-key": request.idempotencyKey }),
    // An empty one is none (WHATWG HTML section 9.2.3).
    ...(request.lastEventId === undefined || request.lastEventId === ""
      ? {}
      : { "last-event-id": request.lastEventId }),
  };
}

function discard(response: Response, cause: unknown): never {
  cancelBody(response);
  throw new TransportError({ kind: "network", cause, sent: true });
}
