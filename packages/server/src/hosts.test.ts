import { createServer, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { bytesToB64u } from "@sigil/astrotrain";
import { listen } from "@sigil/emulator/node";
import { Hono } from "hono";
import { describe, expect, onTestFinished, test } from "vitest";
import { eventIn, page } from "../test/page.js";
import { type Setup, setup } from "../test/setup.js";
import { type SigilProxy, toNextJsHandler } from "./index.js";
import { toNodeHandler } from "./node/index.js";

/** What these tests use of Express, whose versions bring no types. */
type Express = {
  (): RequestListener & { readonly use: (...handlers: readonly unknown[]) => void };
  readonly json: () => unknown;
};

const require = createRequire(import.meta.url);
const express4 = require("express4") as Express;
const express5 = require("express") as Express;

type Fetch = (request: Request) => Promise<Response>;
type Host = { readonly name: string; readonly open: (proxy: SigilProxy) => Promise<Fetch> };

/** Puts a listener on a port, and gives the way there. */
async function onPort(listener: RequestListener): Promise<Fetch> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return (request) => {
    const { pathname } = new URL(request.url);
    return fetch(new Request(`http://127.0.0.1:${port}${pathname}`, request));
  };
}

function express(create: Express, json: "none" | "before" | "after"): Host["open"] {
  return (proxy) => {
    const app = create();
    if (json === "before") app.use(create.json());
    app.use("/api", toNodeHandler(proxy));
    if (json === "after") app.use(create.json());
    return onPort(app);
  };
}

const hosts: readonly Host[] = [
  {
    name: "Hono",
    open: async (proxy) => {
      const app = new Hono();
      app.all("/api/*", (c) => proxy.fetch(c.req.raw));
      return async (request) => app.fetch(request);
    },
  },
  {
    name: "Next.js",
    open: async (proxy) => {
      const handlers: Partial<Record<string, Fetch>> = toNextJsHandler(proxy);
      return async (request) =>
        (await handlers[request.method]?.(request)) ?? new Response(null, { status: 405 });
    },
  },
  { name: "node:http", open: (proxy) => onPort(toNodeHandler(proxy)) },
  ...(["none", "before", "after"] as const).flatMap((json) => [
    { name: `Express 4, express.json(): ${json}`, open: express(express4, json) },
    { name: `Express 5, express.json(): ${json}`, open: express(express5, json) },
  ]),
];

/** A proxy on this host, before an octane on a port. */
async function open({
  open: openHost,
}: Host): Promise<Setup & { readonly fetch: Fetch; readonly waits: () => number }> {
  const inProcess = setup();
  const octane = await listen(inProcess.emulator, { port: 0 });
  onTestFinished(octane.close);
  const { fetch: _, ...config } = inProcess.config;
  const { proxy } = setup({ ...config, octaneUrl: octane.url, fetch: undefined });
  const waits = (): number =>
    inProcess.emulator.traffic.list().filter(({ url }) => url.endsWith("/result")).length;
  return { ...inProcess, proxy, fetch: await openHost(proxy), waits };
}

describe.each(hosts)("$name", (host) => {
  test("default: pairs, and shows the result to its user only", async () => {
    const { emulator, fetch, paired } = await open(host);
    const [ada, bob] = [page(fetch, "ada"), page(fetch, "bob")];
    const { session_id, pair_uri, validation_code } = await ada.mint();
    const waiting = ada.result(session_id);
    await emulator.appliance.open(pair_uri, { code: validation_code });
    expect(eventIn(await waiting)).toMatchObject({ kind: "pair_completed", sp_user_ref: "ada" });
    expect(paired).toMatchObject([{ userId: "ada" }]);
    expect(await ada.state(session_id)).toBe("completed");
    expect((await bob.get(`/sp/pair/sessions/${session_id}/result`)).status).toBe(404);
  });

  test("behavior: refuses strangers, forged requests and what is no JSON", async () => {
    const { fetch, calls } = await open(host);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const answers = [
      await page(fetch).post("/create-pair-session"),
      await page(fetch, "ada").post("/create-pair-session", { headers: { origin: "https://evil.example" } }),
      await page(fetch, "ada").post("/create-pair-session", { headers: form, body: "a=b" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 403, 415]);
    const codes = await Promise.all(answers.map(async (each) => (await each.json()).error.code));
    expect(codes).toEqual(["unauthorized", "origin_denied", "unsupported_media_type"]);
    expect(calls).toEqual([]);
  });

  test("behavior: the first byte comes at once, and a page that leaves is seen by octane", async () => {
    const { emulator, fetch, waits } = await open(host);
    const ada = page(fetch, "ada");
    const { session_id } = await ada.mint();
    const gone = new AbortController();
    const response = await ada.get(`/sp/pair/sessions/${session_id}/result`, { signal: gone.signal });
    expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
    const reader = response.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toMatch(/^: /);
    await expect.poll(waits).toBe(1);
    await reader.cancel();
    gone.abort();
    const last = () => emulator.traffic.list().find(({ url }) => url.endsWith("/result"))?.response;
    await expect.poll(last).toMatchObject({ ended: expect.any(String) });
  });

  test("behavior: signs, so the body arrives", async () => {
    const { emulator, fetch, client, paired } = await open(host);
    const ada = page(fetch, "ada");
    await ada.pair(emulator.appliance);
    const payload = crypto.getRandomValues(new Uint8Array(32));
    const answer = await ada.sign({ payload: bytesToB64u(payload), algo: "secp256k1", chain: "base" });
    expect(answer.status).toBe(200);
    const { pairId, entries } = paired[0]!;
    const own = await client.sign({ payload, algo: "secp256k1", address: entries[0]!.address, pairId });
    expect(await answer.json()).toMatchObject({ device_signature: own.device_signature });
  });

  test("behavior: cancel", async () => {
    const { fetch } = await open(host);
    const ada = page(fetch, "ada");
    const { session_id } = await ada.mint();
    const answer = await ada.post(`/sp/pair/sessions/${session_id}/cancel`);
    expect(await answer.json()).toMatchObject({ session_id, state: "rejected" });
  });
});
