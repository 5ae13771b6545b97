/** Sits between the checks and an octane, and changes requests or answers. */
export type Hook = (request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>;

/** A JSON object on its way, with the fields that departures change; which of them are there is the route's affair. */
export type Body = {
  [field: string]: unknown;
  error: { code: string; message: string };
  signature: string;
  octane_signature: string;
  device_signature: string;
  signed_at: string;
  expires_at: string;
  expires_in_secs: number;
  revoked_at_ms: number;
};

/** The same `fetch` with somebody on the way. */
export function depart(fetch: typeof globalThis.fetch, hook: Hook): typeof globalThis.fetch {
  return (input, init = {}) => {
    const { signal, ...parts } = init ?? {};
    const next = (request: Request): Promise<Response> => fetch(request, signal ? { signal } : {});
    return hook(new Request(input, parts), next);
  };
}

/** An answer of JSON, or what is left of one. */
export function json(status: number, body: unknown, headers: HeadersInit = {}): Response {
  const all = new Headers(headers);
  if (!all.has("content-type")) all.set("content-type", "application/json");
  all.delete("content-length");
  return new Response(JSON.stringify(body), { status, headers: all });
}

/** A refusal in the protocol's form. */
export const refusal = (status: number, code: string): Response =>
  json(status, { error: { code, message: "a departure" }, request_id: "departure" });

const isStream = ({ headers }: Response): boolean => headers.get("content-type") === "text/event-stream";

/** Changes the object of each JSON answer in place, or puts another in its place. */
export function answers(change: (body: Body, request: Request, status: number) => unknown): Hook {
  return async (request, next) => {
    const response = await next(request);
    if (isStream(response)) return response;
    const body = await response.json();
    return json(response.status, change(body, request, response.status) ?? body, response.headers);
  };
}

/** Changes status and headers of each answer. */
export function heads(change: (response: Response, request: Request) => ResponseInit): Hook {
  return async (request, next) => {
    const response = await next(request);
    const { status = response.status, headers = response.headers } = change(response, request);
    return new Response(response.body, { status, headers });
  };
}

/** Changes the text of each stream of events, event by event. */
export function streams(change: (event: string) => string): Hook {
  return async (request, next) => {
    const response = await next(request);
    if (!isStream(response) || response.body === null) return response;
    const decoder = new TextDecoder();
    const encoder = new TextEncoder();
    const changed = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        // The emulator sends each event as one chunk.
        transform: (chunk, controller) =>
          controller.enqueue(encoder.encode(change(decoder.decode(chunk, { stream: true })))),
      }),
    );
    return new Response(changed, response);
  };
}

/** Changes the object of each POST's body in place. */
export function bodies(change: (body: Body) => void): Hook {
  return async (request, next) => {
    const body = await request
      .clone()
      .json()
      .catch(() => undefined);
    const before = JSON.stringify(body);
    if (typeof body === "object" && body !== null) change(body);
    const after = JSON.stringify(body);
    return next(after === before ? request : again(request, after));
  };
}

/** The same request with another body, and perhaps another header. */
export function again(request: Request, body: string, headers: Record<string, string> = {}): Request {
  const all = new Headers(request.headers);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  return new Request(request.url, { method: request.method, headers: all, body });
}

/** The path as octane sees it. */
export const pathOf = (request: Request): string => new URL(request.url).pathname.replace(/^\/octane/, "");
