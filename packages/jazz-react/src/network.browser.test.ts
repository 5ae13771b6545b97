import type { RequestListener } from "node:http";
import { createRequire } from "node:module";
import { getRequestListener } from "@hono/node-server";
import { type SigilProxy, toNextJsHandler } from "@sigil/server";
import { toNodeHandler } from "@sigil/server/node";
import { isFullRun } from "@sigil/testing/promises";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { approve, openReady, openTab, reject } from "../test/browsing.js";
import { bundle } from "../test/bundle.js";
import { describeInBrowser } from "../test/describeInBrowser.js";
import { openSite } from "../test/site.js";

/** What these tests use of Express, whose versions bring no types. */
type Express = {
  (): RequestListener & { readonly use: (...handlers: readonly unknown[]) => void };
  readonly json: () => unknown;
};

const require = createRequire(import.meta.url);

const express4 = require("express4") as Express;
const express5 = require("express") as Express;

function express(create: Express, json: "before" | "after") {
  return (proxy: SigilProxy): RequestListener => {
    const app = create();
    if (json === "before") app.use(create.json());
    app.use("/api", toNodeHandler(proxy));
    if (json === "after") app.use(create.json());
    return app;
  };
}

const hosts: readonly (readonly [string, (proxy: SigilProxy) => RequestListener])[] = [
  ["node:http", toNodeHandler],
  [
    "Hono",
    (proxy) => {
      const app = new Hono();
      app.all("/api/*", (c) => proxy.fetch(c.req.raw));
      return getRequestListener(app.fetch, { overrideGlobalObjects: false });
    },
  ],
  [
    "Next.js route handlers",
    (proxy) => {
      const handlers = toNextJsHandler(proxy);
      return getRequestListener((request) => handlers[request.method as "GET" | "POST"](request), {
        overrideGlobalObjects: false,
      });
    },
  ],
  ["Express 4, express.json() before", express(express4, "before")],
  ["Express 4, express.json() after", express(express4, "after")],
  ["Express 5, express.json() before", express(express5, "before")],
  ["Express 5, express.json() after", express(express5, "after")],
];

describeInBrowser("network", (browser) => {
  test("e9: back from the phone, the page is complete within two seconds", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site);
    await expect.poll(site.openWaits).toBe(1);
    await tab.page.evaluate(look, "hidden");
    // In its sleep it reaches nobody, and waits longer and longer between its tries.
    let tries = 0;
    await tab.page.route("**/result", (route) => {
      tries += 1;
      return route.abort();
    });
    site.cut();
    await approve(site, tab.session);
    await expect.poll(() => tries).toBeGreaterThan(4);
    await tab.page.unroute("**/result");
    const begun = performance.now();
    await tab.page.evaluate(look, "visible");
    await tab.until("complete");
    expect(performance.now() - begun).toBeLessThan(2_000);
    await expect.poll(tab.told).toMatchObject({ complete: [{}], errors: [] });
    expect(site.paired).toHaveLength(1);
  });

  test("e9: a wait that hangs without a word is given up when somebody looks again", async () => {
    const site = await openSite();
    const tab = await openTab(browser());
    await tab.page.addInitScript(hangFirstWait);
    await tab.goto(site.page());
    const session = await tab.until("ready");
    await approve(site, session);
    expect(await tab.state()).toBe("ready");
    await tab.page.evaluate(look, "visible");
    await tab.until("complete");
  });

  test("behavior: a wait that is cut is taken up again by itself", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site);
    await expect.poll(site.openWaits).toBe(1);
    site.cut();
    await expect.poll(site.openWaits).toBe(1);
    await approve(site, tab.session);
    await tab.until("complete");
    await expect.poll(tab.told).toMatchObject({ errors: [] });
  });

  test("behavior: a server that fails is told, and asking again goes on with the same session", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site);
    await expect.poll(site.openWaits).toBe(1);
    site.failing = 403;
    site.cut();
    await tab.until("error");
    await expect.poll(tab.told).toMatchObject({ errors: [{ name: "PairError", kind: "http" }] });
    site.failing = undefined;
    await tab.click("check");
    await tab.until("ready");
    await approve(site, tab.session);
    await tab.until("complete");
    await expect.poll(tab.told).toMatchObject({ created: 1, complete: [{}] });
  });

  test("behavior: no network when the code is to be fetched, then the network is back", async () => {
    const site = await openSite();
    const tab = await openTab(browser());
    await tab.page.route("**/create-pair-session", (route) => route.abort("internetdisconnected"));
    await tab.goto(site.page());
    await tab.until("error");
    expect(await tab.text("status")).toBe("No connection.");
    expect(await tab.text("actions")).toBe("Try again");
    await expect.poll(tab.told).toMatchObject({ errors: [{ kind: "network" }] });
    await tab.page.unroute("**/create-pair-session");
    await tab.page.evaluate(() => window.dispatchEvent(new Event("online")));
    await approve(site, await tab.until("ready"));
    await tab.until("complete");
  });

  const unanswered = [
    ["500", { status: 500, body: "<h1>Oops" }],
    ["404", { status: 404, json: {} }],
    ["no connection", undefined],
  ] as const;
  test.each(unanswered)(
    "behavior: a cancel that gets %s is told as an error, and what the owner approved counts",
    async (_, answer) => {
      const site = await openSite();
      const tab = await openReady(browser(), site);
      await tab.page.route("**/cancel", (route) => (answer ? route.fulfill(answer) : route.abort()));
      await tab.click("cancel");
      await tab.until("error");
      await approve(site, tab.session);
      await tab.click("check");
      await tab.until("complete");
      await expect.poll(tab.told).toMatchObject({ errors: [{}], rejected: [], complete: [{}] });
    },
  );

  test("behavior: a cancel that failed can be tried again", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site);
    await tab.page.route("**/cancel", (route) => route.abort());
    await tab.click("cancel");
    await tab.until("error");
    await tab.page.unroute("**/cancel");
    await tab.click("cancel");
    await tab.until("rejected");
    await expect.poll(tab.told).toMatchObject({ rejected: ["cancelled"] });
    await approve(site, tab.session);
    expect(site.paired).toEqual([]);
  });

  test("behavior: an owner who declined before cancel has declined", async () => {
    const site = await openSite();
    const tab = await openTab(browser());
    await tab.page.addInitScript(hangFirstWait);
    await tab.goto(site.page());
    const session = await tab.until("ready");
    await reject(site, session);
    // Another page of the user's has heard of it, this one has not.
    await tab.context.request.get(`${site.origin}/api/sp/pair/sessions/${session.session_id}/result`);
    await tab.click("cancel");
    await tab.until("rejected");
    expect(await tab.text("status")).toBe("The pairing was declined.");
    await expect.poll(tab.told).toMatchObject({ rejected: ["user_rejected"] });
  });

  const refusals = [
    [
      "401",
      { status: 401, json: { error: { code: "unauthorized" } } },
      "unauthorized",
      /^You are not signed in\./,
    ],
    [
      "502",
      { status: 502, json: { error: { code: "upstream_failed" } } },
      "upstream_failed",
      /^Something went wrong\.$/,
    ],
    [
      "500",
      { status: 500, contentType: "text/html", body: "<h1>Oops" },
      undefined,
      /^Something went wrong\.$/,
    ],
  ] as const;
  test.each(refusals)(
    "behavior: no session but %s is told with its status, and the button does what the words say",
    async (status, answer, code, words) => {
      const site = await openSite();
      const tab = await openTab(browser());
      await tab.page.route("**/create-pair-session", (route) => route.fulfill(answer));
      await tab.goto(site.page());
      await tab.until("error");
      expect(await tab.text("status")).toMatch(words);
      expect(await tab.text("actions")).toBe("Try again");
      const told = await tab.told();
      expect(told.errors).toMatchObject([{ kind: "http", status: Number(status) }]);
      expect(told.errors[0]?.code).toBe(code);
      await tab.page.unroute("**/create-pair-session");
      await tab.click("new-code");
      await tab.until("ready");
    },
  );

  test("behavior: who is signed out while a code is shown is told so, and asks again once signed in", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site);
    await expect.poll(site.openWaits).toBe(1);
    site.failing = 401;
    site.cut();
    await tab.until("error");
    expect(await tab.text("status")).toBe("You are not signed in. Sign in to go on.");
    expect(await tab.text("actions")).toBe("New codeAsk againCancel");
    site.failing = undefined;
    await tab.click("check");
    await approve(site, await tab.until("ready"));
    await tab.until("complete");
  });

  test("e10: the browser sees neither API key nor seed, and the proxy serves it nothing else", async () => {
    const site = await openSite();
    const tab = await openTab(browser());
    const seen: string[] = [await bundle("client.tsx", 19)];
    tab.page.on("request", (request) => {
      seen.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ""}`);
    });
    tab.page.on("response", async (response) => {
      seen.push(JSON.stringify(response.headers()));
      seen.push(await response.text().catch(() => ""));
    });
    await tab.goto(site.page({ ssr: true }));
    const session = await tab.until("ready");
    await approve(site, session);
    await tab.until("complete");
    seen.push(await tab.page.content());
    const { apiKey, privateKeySeed } = site.emulator.sp;
    expect(seen.join("\n")).toContain(session.session_id);
    for (const secret of [apiKey, privateKeySeed]) expect(seen.join("\n")).not.toContain(secret);
    // The pair's id is the server's as well.
    expect(seen.join("\n")).not.toContain(site.paired[0]?.pairId);

    const upstream = site.emulator.traffic.list().length;
    const refused = await tab.page.evaluate(tryProxy);
    expect(refused).toEqual([
      [404, "not_found"],
      [404, "not_found"],
      [404, "not_found"],
      [415, "unsupported_media_type"],
    ]);
    expect(site.emulator.traffic.list()).toHaveLength(upstream);

    // A page of another origin on the same site, so that the user's cookie goes along.
    const foreign = await openTab(browser(), { bypassCSP: true });
    await foreign.goto((await openSite()).page());
    const asked = site.asked.length;
    await foreign.page.evaluate(
      (url) => fetch(url, { method: "POST", mode: "no-cors" }).then(() => {}),
      `${site.origin}/api/create-pair-session`,
    );
    expect(site.asked).toHaveLength(asked + 1);
    expect(site.emulator.traffic.list()).toHaveLength(upstream);
  });

  test("e10: what a page sends as its key never goes up", async () => {
    const site = await openSite();
    const tab = await openReady(browser(), site);
    await expect.poll(site.openWaits).toBe(1);
    const keys = site.emulator.traffic.list().map(({ request }) => request.headers.authorization);
    expect(new Set(keys)).toEqual(new Set([`Bearer …${site.emulator.sp.apiKey.slice(-4)}`]));
    await approve(site, tab.session);
    await tab.until("complete");
  });

  test.each(isFullRun() ? hosts : hosts.slice(0, 2))(
    "e11: pairs through a proxy on %s; cancels and leaves in the full run",
    async (_, host) => {
      const site = await openSite({ host });
      const tab = await openReady(browser(), site);
      await approve(site, tab.session);
      await tab.until("complete");
      expect(site.paired).toMatchObject([{ userId: "ada" }]);
      if (!isFullRun()) return;
      const second = await openReady(browser(), site);
      await second.click("cancel");
      await second.until("rejected");
      const third = await openReady(browser(), site);
      await expect.poll(site.openWaits).toBe(1);
      await third.page.close();
      await expect.poll(site.openWaits).toBe(0);
      const open = () => site.emulator.traffic.list().filter(({ response }) => response.ended === "open");
      await expect.poll(open).toEqual([]);
    },
  );
});

/** In the page: what the browser says when another tab, or the phone app, is in front. */
function look(state: string): void {
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
  document.dispatchEvent(new Event("visibilitychange"));
}

/** In the page: the first wait for a result never hears anything, as when a phone has cut it in its sleep. */
function hangFirstWait(): void {
  const real = window.fetch.bind(window);
  let waits = 0;
  window.fetch = (input, init) => {
    if (!String(input).endsWith("/result")) return real(input, init);
    waits += 1;
    return waits === 1 ? new Promise(() => {}) : real(input, init);
  };
}

/** In the page: what else a script could ask for. */
function tryProxy(): Promise<(readonly [number, string])[]> {
  const headers = { "content-type": "application/json", authorization: "Bearer hostile" };
  const ask = async (path: string, init: RequestInit) => {
    const response = await fetch(path, init);
    const { error } = (await response.json()) as { error: { code: string } };
    return [response.status, error.code] as const;
  };
  return Promise.all([
    ask("/api/sp/sign", { method: "POST", headers, body: "{}" }),
    ask("/api//evil.example/sp/pair/sessions", { method: "POST", headers, body: "{}" }),
    ask("/api/sp/pair/sessions/unknown/result", { headers }),
    ask("/api/create-pair-session", { method: "POST", body: "a=b" }),
  ]);
}
