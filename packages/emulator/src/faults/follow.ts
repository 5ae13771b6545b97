import type { Delivery } from "./Delivery.js";
import { fetchFailed } from "./fetchErrors.js";

/** How many redirects Node's fetch follows. */
export const mostRedirects = 20;

/** What can be sent a second time: of a stream there is none left. */
export type Resendable = Exclude<BodyInit, ReadableStream> | undefined;

/** Whether `fetch` asks on elsewhere after this. */
export function isFollowed(delivery: Delivery, request: Request): boolean {
  return request.redirect === "follow" && delivery.head?.headers.has("location") === true;
}

/** The request that Node's fetch makes of a redirect (Fetch standard, HTTP-redirect fetch). */
export function followed(
  { head }: Delivery,
  request: Request,
  body: Resendable,
): { request: Request; body: Resendable } {
  const to = parse(head?.headers.get("location") ?? "", request.url);
  const headers = new Headers(request.headers);
  const get = becomesGet(head?.status, request.method);
  if (get) for (const name of ["content-type", "content-length"]) headers.delete(name);
  if (to.origin !== new URL(request.url).origin) headers.delete("authorization");
  if (!get && request.body !== null && body === undefined)
    throw fetchFailed(new Error("unexpected redirect of a stream"));
  const sent = get ? undefined : body;
  const method = get ? "GET" : request.method;
  const init = { method, headers, ...(sent === undefined ? {} : { body: sent }) };
  return { request: new Request(to, init), body: sent };
}

function becomesGet(status: number | undefined, method: string): boolean {
  return status === 303 || ((status === 301 || status === 302) && method === "POST");
}

function parse(location: string, base: string): URL {
  try {
    const to = new URL(location, base);
    if (/^https?:$/.test(to.protocol)) return to;
  } catch {}
  throw fetchFailed(new Error("URL scheme must be a HTTP(S) scheme"));
}
