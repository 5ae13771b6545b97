import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { figure } from "@sigil/testing/promises";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { client, digest, firstEvm, frameOf, signBody, until } from "../../test/client.js";
import { createEmulator, type Emulator, type EmulatorOptions } from "../index.js";
import { type ListenOptions, listen } from "./index.js";

/** A library on a port has no business on the terminal. */
const printed = [vi.spyOn(console, "error"), vi.spyOn(console, "log"), vi.spyOn(console, "info")];
afterEach(() => {
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
});

async function start(options: EmulatorOptions = {}, where: ListenOptions = {}) {
  const emulator = createEmulator(options);
  const server = await listen(emulator, { port: 0, ...where });
  onTestFinished(() => server.close());
  /** The same emulator, spoken to over the socket. */
  const remote: Emulator = {
    ...emulator,
    sp: emulator.sp,
    fetch: (input, init) => fetch(String(input).replace("https://octane.test", server.url), init),
  };
  return { emulator, server, sp: client(remote) };
}

/** Sends lines over a bare socket and gives back what comes. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.on("data", (data) => {
      answer += String(data);
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
    socket.setTimeout(2_000, () => {
      socket.destroy();
      resolve(answer);
    });
  });
}

describe("listen", () => {
  test("default", async () => {
    const { server, sp } = await start();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    const pair_id = await sp.pair();
    const { status, headers } = await sp.sign(firstEvm, digest, { pair_id });
    expect(status).toBe(200);
    expect(headers.get("x-sigil-emulator")).not.toBeNull();
    expect([...headers.keys()].some((name) => name.startsWith("access-control"))).toBe(false);
  });

  test("parameters: host", async () => {
    const { server, sp } = await start({}, { host: "localhost" });
    expect(server.url).toBe(`http://localhost:${server.port}`);
    expect((await sp.session()).status).toBe(201);
    const everywhere = await listen(createEmulator(), { port: 0, host: "0.0.0.0" });
    await everywhere.close();
    expect(everywhere.url).toBe(`http://127.0.0.1:${everywhere.port}`);
  });

  test("behavior: a busy port is one sentence that names it", async () => {
    const { server } = await start();
    const second = listen(createEmulator(), { port: server.port });
    await expect(second).rejects.toThrow(
      `Port ${server.port} on 127.0.0.1 is in use: stop what listens there, or pass another port (port: 0 takes any free one).`,
    );
  });

  test("behavior: a host that is not this machine's is one sentence, too", async () => {
    await expect(listen(createEmulator(), { port: 0, host: "203.0.113.7" })).rejects.toThrow(
      /another host\.$/,
    );
  });

  test("behavior: close ends open streams and waits, and frees the port", async () => {
    const { emulator, server, sp } = await start({ approval: "manual" });
    const pairId = await sp.pair();
    const events = await sp.raw("GET", `/sp/pairings/${pairId}/events`);
    const reading = frameOf(events);
    const signing = sp.sign(firstEvm);
    for (const each of [reading, signing]) each.catch(() => {});
    await until(async () => (await emulator.appliance.requests())[0]);
    await Promise.all([server.close(), server.close()]);
    await expect(reading).rejects.toThrow();
    await expect(signing).rejects.toThrow();
    const again = await listen(createEmulator(), { port: server.port });
    await again.close();
  });

  test("behavior: nothing keeps the process alive afterwards", async () => {
    const count = () =>
      process.getActiveResourcesInfo().filter((name) => /Timeout|TCPServer/.test(name)).length;
    const before = count();
    const { emulator, server, sp } = await start({ approval: "manual" });
    await sp.pair();
    const { body } = await sp.session();
    await sp.raw("GET", `/sp/pair/sessions/${body.session_id}/result`);
    sp.sign(firstEvm).catch(() => {});
    await until(async () => (await emulator.appliance.requests())[0]);
    await server.close();
    await until(() => count() <= before);
  });

  test("behavior: a client that hangs up comes back to its request by its key", async () => {
    const { emulator, sp } = await start({ approval: "manual" });
    await sp.pair();
    const ask = (signal?: AbortSignal) =>
      sp.sign(firstEvm, digest, {}, { headers: { "idempotency-key": "one" }, ...(signal && { signal }) });
    const controller = new AbortController();
    const answer = ask(controller.signal);
    answer.catch(() => {});
    const request = await until(async () => (await emulator.appliance.requests())[0]);
    controller.abort();
    await until(() => emulator.traffic.list().at(-1)?.response.ended === "aborted");
    const again = ask();
    await until(() => emulator.traffic.list().at(-1)?.response.ended === "open");
    await request.approve();
    expect([(await again).status, emulator.appliance.prompts("sign")]).toEqual([200, 1]);
  });

  test("behavior: the first line of a stream comes at once, the frame when it happens", async () => {
    const { emulator, sp } = await start();
    const pairId = await sp.pair();
    const response = await sp.raw("GET", `/sp/pairings/${pairId}/events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe(": keep-alive\n\n");
    await emulator.appliance.revoke(pairId);
    expect((await reader?.read())?.value).toMatch(/^event: pair_revoked\ndata: /);
    expect((await reader?.read())?.done).toBe(true);
  });

  test("behavior: a body over the cap is refused while it is still being sent", async () => {
    const { server, emulator } = await start();
    const head = `POST /sp/sign HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${emulator.sp.apiKey}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`;
    const chunk = `10000\r\n${" ".repeat(0x10000)}\r\n`;
    expect(await raw(server.port, head + chunk.repeat(5))).toMatch(/^HTTP\/1\.1 413 /);
  });

  test("behavior: signs many at once", async () => {
    const { sp } = await start();
    await sp.pair();
    const answers = await Promise.all(Array.from({ length: 50 }, () => sp.sign(firstEvm)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.request_id)).size).toBe(50);
  });
});

describe("connections", () => {
  test("default", async () => {
    const { server, sp } = await start();
    expect(server.connections()).toEqual({ open: 0, accepted: 0 });
    await raw(server.port, "GET / HTTP/1.1\r\nHost: localhost\r\nconnection: close\r\n\r\n");
    await until(() => server.connections().open === 0);
    expect(server.connections()).toEqual({ open: 0, accepted: 1 });
    await sp.session();
    expect(server.connections()).toEqual({ open: 1, accepted: 2 });
    await server.close();
    await until(() => server.connections().open === 0);
  });
});

describe("the Host header", () => {
  test("parameters: who may ask", async () => {
    const { server, emulator } = await start();
    const ask = async (...hosts: string[]): Promise<string> => {
      const lines = hosts.map((host) => `${host}\r\n`).join("");
      const auth = `authorization: Bearer ${emulator.sp.apiKey}\r\n`;
      const answer = await raw(
        server.port,
        `GET /sp/none HTTP/1.1\r\n${lines}${auth}connection: close\r\n\r\n`,
      );
      return /"code":"(\w+)"/.exec(answer)?.[1] ?? answer.slice(0, 12);
    };
    const allowed = [
      "localhost",
      "LOCALHOST:8124",
      "127.0.0.1",
      `127.0.0.1:${server.port}`,
      "[::1]:80",
      "127.1.2.3",
    ];
    for (const host of allowed) expect([host, await ask(`Host: ${host}`)]).toEqual([host, "not_found"]);
    const denied = [
      "evil.test",
      "evil.test:8124",
      "localhost.evil.test",
      "127.0.0.1.evil.test",
      "evil.test@localhost",
      "localhost/evil",
      "localhost,evil.test",
      "[::2]",
      "10.0.0.1",
      "0.0.0.0",
      "",
    ];
    for (const host of denied) expect([host, await ask(`Host: ${host}`)]).toEqual([host, "host_denied"]);
    expect(await ask("Host: localhost", "Host: evil.test")).toMatch(/host_denied|HTTP\/1\.1 400/);
    expect(await ask()).toMatch(/host_denied/);
  });

  test("behavior: no Host at all, as HTTP/1.0 allows, is refused", async () => {
    const { server } = await start();
    const answer = await raw(server.port, "GET /sp/none HTTP/1.0\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain('"code":"host_denied"');
    expect(answer.toLowerCase()).toContain("x-sigil-emulator:");
    expect(answer.toLowerCase()).toContain("x-request-id:");
  });

  test.each([
    ["HELLO\r\n\r\n", 400],
    [`GET / HTTP/1.1\r\nhost: localhost\r\nx: ${"a".repeat(20_000)}\r\n\r\n`, 431],
    ["POST /sp/sign HTTP/1.1\r\nhost: localhost\r\nexpect: 200-maybe\r\nconnection: close\r\n\r\n", 417],
    ["GET / HTTP/1.1\r\nconnection: close\r\n\r\n", 403],
    ["GET / HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n", 403],
    ["GET / HTTP/1.1\r\nhost: localhost:99999\r\nconnection: close\r\n\r\n", 400],
    ["OPTIONS * HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n", 400],
  ])("behavior: %.30j is refused with %d, and told that this is an emulator", async (text, status) => {
    const { server } = await start();
    const answer = await raw(server.port, text);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer.match(/^x-sigil-emulator: /gim)).toHaveLength(1);
  });

  test("behavior: bytes that are no HTTP do not get into an answer that is under way", async () => {
    const { server, sp, emulator } = await start();
    const { body } = await sp.session();
    const authorization = `authorization: Bearer ${emulator.sp.apiKey}`;
    const wait = `GET /sp/pair/sessions/${body.session_id}/result HTTP/1.1\r\nhost: localhost\r\n${authorization}\r\n\r\n`;
    const socket = connect(server.port, "127.0.0.1", () => socket.write(wait));
    let answer = "";
    socket.on("data", (data) => {
      answer += String(data);
      if (answer.includes(": keep-alive")) socket.write("HELLO\r\n\r\n");
    });
    await new Promise((resolve) => socket.once("close", resolve));
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });

  test("behavior: nothing happens for a request that is refused", async () => {
    const { server, emulator } = await start();
    const body = JSON.stringify(signBody(emulator.sp, firstEvm, digest));
    const answer = await raw(
      server.port,
      `POST /sp/sign HTTP/1.1\r\nHost: evil.test\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    expect(answer).toContain("host_denied");
    await sleep(5);
    expect(await emulator.appliance.requests()).toEqual([]);
  });
});

describe("where NODE_ENV is production", () => {
  test("R56: an emulator does not listen, with and without its page, unless it is allowed by name", async () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    const emulator = createEmulator();
    const ways = [{}, { control: {} }, { allowProduction: false }, { host: "0.0.0.0" }];
    let refused = 0;
    for (const NODE_ENV of ["production", "Production", " production "]) {
      vi.stubEnv("NODE_ENV", NODE_ENV);
      for (const way of ways) {
        await expect(listen(emulator, { port: 0, ...way })).rejects.toThrow(
          /keys are known.*allowProduction/,
        );
        refused += 1;
      }
    }
    for (const way of [{}, { control: {} }]) {
      const { url, close } = await listen(emulator, { port: 0, ...way, allowProduction: true });
      onTestFinished(close);
      // It says what it is all the same.
      expect((await fetch(`${url}/sp/none`)).headers.get("x-sigil-emulator")).not.toBeNull();
    }
    figure("R56", `${refused} calls of listen in production refused, allowed by name it listens`);
  });

  test("R56: what nobody but the own process reaches is made all the same", async () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv("NODE_ENV", "production");
    const { status, headers } = await client(createEmulator()).session();
    expect([status, headers.has("x-sigil-emulator")]).toEqual([201, true]);
  });
});
