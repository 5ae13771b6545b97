import { createServer, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { onTestFinished } from "vitest";
import { type SigilProxy, toNextJsHandler } from "../src/index.js";
import { toNodeHandler } from "../src/node/index.js";

/** What these tests use of Express, whose versions bring no types. */
type Express = {
  (): RequestListener & { readonly use: (...handlers: readonly unknown[]) => void };
  readonly json: () => unknown;
};

const require = createRequire(import.meta.url);
const express4 = require("express4") as Express;
const express5 = require("express") as Express;

export type Fetch = (request: Request) => Promise<Response>;
export type Host = { readonly name: string; readonly open: (proxy: SigilProxy) => Promise<Fetch> };
const compression = require("compression") as (options: { readonly threshold: number }) => unknown;

/** Behind what compresses all that it may. */
export const compressing: readonly Listener[] = [
  ["Express 4", express4] as const,
  ["Express 5", express5] as const,
].map(([name, create]) => ({
  name,
  listener: (proxy) => {
    const app = create();
    app.use(compression({ threshold: 0 }));
    app.use("/api", toNodeHandler(proxy));
    return app;
  },
}));

/** A host that speaks HTTP itself. */
export type Listener = { readonly name: string; readonly listener: (proxy: SigilProxy) => RequestListener };

/** Puts a listener on a port until the test is over, and gives its URL. */
export async function onPort(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sends a request to wherever there. */
export const to =
  (url: string): Fetch =>
  (request) =>
    fetch(new Request(url + new URL(request.url).pathname, request));

function express(
  create: Express,
  json: "none" | "before" | "after",
  base: "/api" | "",
): Listener["listener"] {
  return (proxy) => {
    const app = create();
    if (json === "before") app.use(create.json());
    if (base === "") app.use(toNodeHandler(proxy));
    else app.use(base, toNodeHandler(proxy));
    if (json === "after") app.use(create.json());
    return app;
  };
}

function hono(proxy: SigilProxy): Hono {
  const app = new Hono();
  app.all("/api/*", (c) => proxy.fetch(c.req.raw));
  return app;
}

export const listeners: readonly Listener[] = [
  { name: "node:http", listener: toNodeHandler },
  { name: "Hono on Node", listener: (proxy) => getRequestListener(hono(proxy).fetch) },
  ...(["none", "before", "after"] as const).flatMap((json) => [
    { name: `Express 4, express.json(): ${json}`, listener: express(express4, json, "/api") },
    { name: `Express 5, express.json(): ${json}`, listener: express(express5, json, "/api") },
  ]),
  { name: "Express 4, at the root", listener: express(express4, "before", "") },
  { name: "Express 5, at the root", listener: express(express5, "before", "") },
];

export const hosts: readonly Host[] = [
  { name: "Hono", open: async (proxy) => async (request) => hono(proxy).fetch(request) },
  {
    name: "Next.js",
    open: async (proxy) => {
      const handlers: Partial<Record<string, Fetch>> = toNextJsHandler(proxy);
      return async (request) =>
        (await handlers[request.method]?.(request)) ?? new Response(null, { status: 405 });
    },
  },
  ...listeners.map(({ name, listener }) => ({
    name,
    open: async (proxy: SigilProxy) => to(await onPort(listener(proxy))),
  })),
];
