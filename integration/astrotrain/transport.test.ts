import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { getEnabledWallets, sign } from "@sigil/astrotrain";
import { afterEach, describe, expect, test } from "vitest";
import { rejection } from "./rejection.js";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server on a free port, and how often it was asked. */
async function serve(listener: RequestListener): Promise<{ url: string; hits: () => number }> {
  let hits = 0;
  const server = createServer((request, response) => {
    hits++;
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hits: () => hits };
}

const apiKey = "test-api-key-0001";
/** A test key that everyone may know. */
const privateKeySeed = new Uint8Array(32).fill(1);
const address = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const payload = new Uint8Array(32).fill(7);
const signAt = (octaneUrl: string, options = {}): Promise<unknown> =>
  sign({
    octaneUrl,
    apiKey,
    privateKeySeed,
    address,
    payload,
    algo: "secp256k1",
    ...options,
  });

describe("the runtime's own fetch", () => {
  test.each([301, 302, 303, 307, 308])("behavior: a %i goes nowhere", async (status) => {
    const target = await serve((_, response) => response.end());
    const octane = await serve((_, response) =>
      response.writeHead(status, { location: `${target.url}/sp/sign` }).end(),
    );
    expect(await rejection(signAt(octane.url))).toMatchObject({
      name: "SignError",
      kind: "network",
      outcome: "unknown",
      message: expect.stringContaining("redirect"),
    });
    expect([octane.hits(), target.hits()]).toEqual([1, 0]);
  });

  test("behavior: nobody at the port: not sent", async () => {
    const octane = await serve((_, response) => response.end());
    servers[0]?.close();
    await new Promise((resolve) => servers[0]?.once("close", resolve));
    servers.length = 0;
    expect(await rejection(signAt(octane.url))).toMatchObject({ kind: "network", outcome: "not_sent" });
  });

  test("behavior: a connection cut after the request: unknown, and asked once", async () => {
    const octane = await serve((request) => request.socket.destroy());
    expect(await rejection(signAt(octane.url))).toMatchObject({ kind: "network", outcome: "unknown" });
    expect(octane.hits()).toBe(1);
  });

  test("behavior: a few kilobytes that unpack to 64 MiB stop at the cap", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));
    expect(bomb.length).toBeLessThan(100_000);
    const octane = await serve((_, response) =>
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(bomb),
    );
    expect(
      await rejection(getEnabledWallets({ octaneUrl: octane.url, apiKey, pairId: "p-1" })),
    ).toMatchObject({
      kind: "deserialise",
      cause: { message: expect.stringContaining("262144 bytes") },
    });
  });

  test("behavior: a body that stalls ends with the time-out, and the socket closes", async () => {
    let closed: () => void = () => {};
    const closing = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const octane = await serve((_, response) => {
      response.writeHead(200, { "content-type": "application/json" }).write("{");
      response.on("close", closed);
    });
    expect(await rejection(signAt(octane.url, { timeoutMs: 50 }))).toMatchObject({
      kind: "network",
      outcome: "unknown",
      cause: { name: "TimeoutError" },
    });
    await closing;
  });
});
