import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { SigilProxy } from "../createSigilProxy.js";

/** A listener of `node:http`, and a handler of Express 4 and 5. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Serves a proxy from `node:http` or Express, where it may be mounted before or after `express.json()`. It answers whatever
 * gets to it, with 404 where that is none of its routes: mount it after your own.
 *
 * @example
 * ```ts
 * app.use("/api", toNodeHandler(proxy)); // Express
 * createServer(toNodeHandler(proxy)).listen(3000); // node:http
 * ```
 */
export function toNodeHandler(proxy: SigilProxy): NodeHandler {
  const serve = getRequestListener(
    (request, { incoming }) => proxy.fetch(unread(request, incoming as IncomingMessage)),
    // The platform's own Request and Response stay as they are for the rest of the process.
    { overrideGlobalObjects: false },
  );
  return (request, response) => void serve(request, response);
}

/** A body parser has read the stream to its end: its body is made anew from what it parsed. */
function unread(request: Request, incoming: IncomingMessage & { readonly body?: unknown }): Request {
  const { body } = incoming;
  if (!incoming.readableDidRead || body === undefined || request.method === "GET") return request;
  const { method, headers, signal, url } = request;
  const text = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  return new Request(url, { method, headers, signal, body: text as BodyInit });
}
