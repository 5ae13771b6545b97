import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { figure, isFullRun } from "@sigil/testing/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { operations } from "../control/operations/index.js";
import { createEmulator } from "../index.js";
import { metroplexActions } from "../page/metroplex/actions.js";
import { sunstormActions } from "../page/sunstorm/actions.js";
import { type ControlledListening, type ListenControl, listen } from "./index.js";

/** What the page's forms are sent to. */
const forms = Object.keys({ ...sunstormActions, ...metroplexActions }).map((name) => `/_emulator/do/${name}`);
const pages = ["/", "/_emulator/page/metroplex", "/_emulator/page/traffic"];

async function start(control: ListenControl = {}) {
  const emulator = createEmulator();
  const server = await listen(emulator, { port: 0, control });
  onTestFinished(() => server.close());
  const ask = (path: string, token = server.controlToken, init: RequestInit = {}): Promise<Response> =>
    fetch(server.url + path, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
  return { emulator, server, ask };
}

/** The head lines go over a bare socket as they are; what comes back. */
function raw({ port }: ControlledListening, ...lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${[...lines, ""].join("\r\n")}\r\n`));
    let answer = "";
    socket.on("data", (data) => {
      answer += String(data);
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}

/** Whether somebody listens there. */
function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const end = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.on("connect", () => end(true));
    socket.on("error", () => end(false));
    socket.on("timeout", () => end(false));
  });
}

describe("listen with control", () => {
  test("default", async () => {
    const { server, ask } = await start();
    expect(server.controlToken).toMatch(/^[\w-]{43}$/);
    const response = await ask("/_emulator/health");
    expect(await response.json()).toMatchObject({ status: "ok", emulator: true });
    expect(response.headers.get("x-sigil-emulator")).not.toBeNull();
    expect([...response.headers.keys()].some((name) => name.startsWith("access-control"))).toBe(false);
  });

  test("parameters: token", async () => {
    const { server, ask } = await start({ token: "a-token-of-my-own" });
    expect(server.controlToken).toBe("a-token-of-my-own");
    expect((await ask("/_emulator/health")).status).toBe(200);
    await expect(listen(createEmulator(), { port: 0, control: { token: "short" } })).rejects.toThrow(
      TypeError,
    );
  });

  test("behavior: octane's paths stay octane's, and are not recorded twice", async () => {
    const { emulator, ask } = await start();
    expect((await ask("/octane/sp/none", emulator.sp.apiKey)).status).toBe(404);
    await ask("/_emulator/state");
    expect(emulator.traffic.list()).toHaveLength(1);
  });

  test("behavior: without control there is none", async () => {
    const { url, close } = await listen(createEmulator(), { port: 0 });
    onTestFinished(close);
    expect((await fetch(`${url}/_emulator/health`)).status).toBe(401);
  });

  test("behavior: a reader of events who leaves is forgotten", async () => {
    const { server, ask } = await start();
    const controller = new AbortController();
    const response = await ask("/_emulator/events", server.controlToken, { signal: controller.signal });
    const reader = response.body!.getReader();
    await reader.read();
    controller.abort();
    await expect(reader.read()).rejects.toThrow();
    await server.close();
  });
});

describe("who may control it", () => {
  test("R54: 12 hosts and origins, over bare sockets", async () => {
    const { emulator, server } = await start();
    const own = `Host: 127.0.0.1:${server.port}`;
    const cases: readonly (readonly [string, "allowed" | "refused", readonly string[]])[] = [
      ["an empty host", "refused", ["Host:"]],
      ["no host", "refused", []],
      ["another host", "refused", ["Host: evil.test"]],
      ["two hosts", "refused", [own, "Host: evil.test"]],
      ["its own host with its port", "allowed", [own]],
      ["IPv6 loopback", "allowed", [`Host: [::1]:${server.port}`]],
      ["a name that resolves to loopback", "refused", [`Host: 127.0.0.1.evil.test:${server.port}`]],
      ["a user name before the host", "refused", ["Host: evil.test@127.0.0.1"]],
      ["another origin", "refused", [own, "Origin: http://evil.test"]],
      ["another port of this machine", "refused", [own, `Origin: http://127.0.0.1:${server.port + 1}`]],
      ["an origin that hides itself", "refused", [own, "Origin: null"]],
      ["its own origin", "allowed", [own, `Origin: http://127.0.0.1:${server.port}`]],
    ];
    const wrong: string[] = [];
    for (const [name, expected, lines] of cases) {
      emulator.policy.set({ maxWrongCodes: 9 });
      const answer = await raw(
        server,
        "POST /_emulator/reset HTTP/1.1",
        ...lines,
        `Authorization: Bearer ${server.controlToken}`,
        "Content-Length: 0",
        "Connection: close",
      );
      // What is refused must not have happened either.
      const happened = emulator.policy.get().maxWrongCodes === 3;
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
      const got = status === "204" && happened ? "allowed" : happened ? "done" : "refused";
      if (got !== expected || (expected === "refused" && !/^40[03]$/.test(status ?? ""))) {
        wrong.push(`${name}: ${got}, ${status}`);
      }
    }
    expect(wrong).toEqual([]);
    figure("R54", `${cases.length} hosts and origins by raw TCP, ${wrong.length} judged wrongly`);
  });

  test("R54: what a browser says comes from another site is refused, a second port of this machine included", async () => {
    const { ask, server } = await start();
    const from = async (site: string) =>
      (await ask("/_emulator/health", server.controlToken, { headers: { "sec-fetch-site": site } })).status;
    expect(await Promise.all(["cross-site", "same-site", "same-origin", "none"].map(from))).toEqual([
      403, 403, 200, 200,
    ]);
  });

  test("R54: it listens on 127.0.0.1 and on no other address of this machine", async () => {
    const { server } = await start();
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .map(({ address, scopeid }) => (scopeid ? `${address}%${scopeid}` : address))
      .filter((address) => address !== "127.0.0.1");
    // All of 127/8 is this machine on Linux, so a socket bound to every address would answer there.
    const tried = [...new Set([...others, ...(process.platform === "linux" ? ["127.0.0.2"] : [])])];
    expect(await isOpen("127.0.0.1", server.port)).toBe(true);
    const open = await Promise.all(
      tried.map(async (host) => ((await isOpen(host, server.port)) ? [host] : [])),
    );
    expect(open.flat()).toEqual([]);
    figure("R54", `bound to 127.0.0.1 alone: ${tried.length} other addresses tried`);
  });

  test("R54: no route answers without the token", async () => {
    const { emulator, server } = await start();
    const paths = operations.map(({ method, path }) => [
      method,
      `/_emulator${path.replace(/\{\w+\}/g, "first")}`,
    ]);
    const assets = [
      "/_emulator",
      "/_emulator/",
      "/_emulator/none",
      "/_emulator/page.js",
      "/_emulator/page.css",
    ];
    const others = [...pages, ...assets].map((path) => ["GET", path]);
    const posts = [...forms, "/_emulator/do/none"].map((path) => ["POST", path]);
    const before = emulator.events.since(0).length;
    let asked = 0;
    for (const [method = "", path = ""] of [...paths, ...others, ...posts]) {
      const wrong = [
        "",
        "Bearer wrong",
        "Bearer ",
        `Basic ${server.controlToken}`,
        `Bearer ${emulator.sp.apiKey}`,
      ];
      // All of them in a full run; the first two, and all at one place, in the ordinary one.
      const tried = isFullRun() || path === "/" || path.endsWith("/reset") ? wrong : wrong.slice(0, 2);
      for (const authorization of tried) {
        const headers = authorization === "" ? {} : { authorization };
        const response = await fetch(server.url + path, { method, headers });
        expect([method, path, response.status]).toEqual([method, path, 401]);
        await response.text();
        asked += 1;
      }
    }
    expect(emulator.events.since(0)).toHaveLength(before);
    const routes = `${paths.length} operations, ${others.length} pages and ${posts.length} forms`;
    figure("R54", `${asked} requests without the token to ${routes}, none answered`);
  });

  test("R54: no form does anything for another web page, though the browser sends the cookie along", async () => {
    const { emulator, server } = await start();
    const first = await fetch(`${server.url}/?token=${server.controlToken}`, { redirect: "manual" });
    const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    const of = { appliance: "first", sp: emulator.sp.id, ms: "60000", name: "x", link: "x" };
    const send = async (path: string, headers: Record<string, string>): Promise<number> => {
      const init = { method: "POST", headers: { cookie, ...headers }, body: new URLSearchParams(of) };
      const response = await fetch(server.url + path, { ...init, redirect: "manual" });
      await response.text();
      return response.status;
    };
    const foreign: readonly Record<string, string>[] = [
      { origin: "http://evil.test" },
      { origin: "null" },
      { origin: `http://127.0.0.1:${server.port + 1}` },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      // Says nothing of where it is from, as no browser does.
      {},
    ];
    const before = emulator.events.since(0).length;
    for (const path of forms)
      for (const headers of foreign)
        expect([path, headers, await send(path, headers)]).toEqual([path, headers, 403]);
    expect(emulator.events.since(0)).toHaveLength(before);
    expect(await send("/_emulator/do/offline", { origin: server.url })).toBe(303);
    expect(emulator.appliance.online()).toBe(false);
    figure("R54", `${forms.length} forms, each sent from ${foreign.length} other places, none done`);
  });
});
