/** What can be said in the headers of a request. `null` leaves one out. */
export type SentHeaders = {
  /** Another service provider's key than the one under test. */
  readonly apiKey?: string;
  /** Default: the API key as a bearer token. */
  readonly authorization?: string | null;
  /** Default for a body: JSON. */
  readonly contentType?: string | null;
  /** Default for a POST: a fresh UUID. */
  readonly idempotencyKey?: string;
};

/** The headers of a request of the protocol, with what is said in their place. */
export function headersOf(method: string, hasBody: boolean, apiKey: string, sent: SentHeaders): Headers {
  const { authorization = `Bearer ${sent.apiKey ?? apiKey}`, contentType = "application/json" } = sent;
  const { idempotencyKey = crypto.randomUUID() } = sent;
  const headers = new Headers();
  if (authorization !== null) headers.set("authorization", authorization);
  if (hasBody && contentType !== null) headers.set("content-type", contentType);
  if (method === "POST") headers.set("idempotency-key", idempotencyKey);
  return headers;
}
