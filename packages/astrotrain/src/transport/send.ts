import { TransportError } from "../errors/TransportError.js";
import type { Attempt } from "./deadline.js";
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
  readonly accept: string;
};

/** As much of a refusal's body as an error carries. */
const errorBodyCap = 64 * 1024;

/**
 * The only place that calls `fetch`. Resolves with a 2xx response whose body is not read yet.
 *
 * @throws TransportError of kind `network` or `http`.
 */
export async function send(endpoint: Endpoint, request: Request, attempt: Attempt): Promise<Response> {
  const { signal } = attempt;
  if (signal.aborted) throw new TransportError({ kind: "network", cause: signal.reason, sent: attempt.sent });
  const before = attempt.sent;
  attempt.sent = true;
  let response: Response;
  try {
    response = await endpoint.fetch(joinUrl(endpoint.base, request.path), {
      method: request.method,
      headers: headersOf(endpoint, request),
      // A redirect would carry the payload and the SP's signature to whatever host it names.
      redirect: "error",
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
  } catch (error) {
    if (isUnsent(error)) attempt.sent = before;
    throw new TransportError({
      kind: "network",
      cause: signal.aborted ? signal.reason : error,
      sent: attempt.sent,
    });
  }
  if (signal.aborted) return discard(response, signal.reason);
  if (
    response.redirected ||
    (response.status >= 300 && response.status < 400) ||
    response.type === "opaqueredirect"
  ) {
    return discard(response, new Error("octane answered with a redirect, which is refused"));
  }
  if (response.ok) return response;
  const body = await readText(response, attempt, { cap: errorBodyCap, overflow: "cut" });
  const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"));
  throw new TransportError({
    kind: "http",
    status: response.status,
    // A proxy's error page may repeat the request, Authorization included.
    body: body.replaceAll(endpoint.apiKey, "[api key]"),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function headersOf(endpoint: Endpoint, request: Request): Record<string, string> {
  return {
    accept: request.accept,
    authorization: `Bearer ${endpoint.apiKey}`,
    ...(request.body === undefined ? {} : { "content-type": "application/json" }),
    ...(request.idempotencyKey === undefined ? {} : { "idempotency-key": request.idempotencyKey }),
  };
}

function discard(response: Response, cause: unknown): never {
  cancelBody(response);
  throw new TransportError({ kind: "network", cause, sent: true });
}
