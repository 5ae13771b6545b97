import { connect } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { client, digest, firstEvm, signBody, until } from "../../test/client.js";
import { start } from "../../test/overBoth.js";
import type { Fault } from "../index.js";

/** What comes over a bare socket, byte for byte, and how it ends: `open` after `quietMs` without a byte. */
async function raw(fault: Fault, quietMs = 20_000): Promise<{ bytes: string; end: string }> {
  const { emulator, server } = await start("socket");
  await client(emulator).pair();
  emulator.faults.add({ route: "sign", fault });
  const body = JSON.stringify(signBody(emulator.sp, firstEvm, digest));
  const head = [
    "POST /sp/sign HTTP/1.1",
    "host: localhost",
    "connection: close",
    `authorization: Bearer ${emulator.sp.apiKey}`,
    "content-type: application/json",
    `content-length: ${body.length}`,
  ].join("\r\n");
  return new Promise((resolve) => {
    const socket = connect(server?.port ?? 0, "127.0.0.1", () => socket.write(`${head}\r\n\r\n${body}`));
    let bytes = "";
    socket.on("data", (data) => {
      bytes += data.toString("latin1");
    });
    socket.on("end", () => resolve({ bytes, end: "FIN" }));
    socket.on("error", (error: Error & { code?: string }) => resolve({ bytes, end: error.code ?? "" }));
    socket.setTimeout(quietMs, () => {
      resolve({ bytes, end: "open" });
      socket.destroy();
    });
  });
}

describe("on the socket", () => {
  test("default: a reset is RST, before anything and in the body", async () => {
    expect(await raw({ kind: "reset" })).toEqual({ bytes: "", end: "ECONNRESET" });
    expect(await raw({ kind: "refuse" })).toEqual({ bytes: "", end: "ECONNRESET" });
    const { bytes, end } = await raw({ kind: "reset", bytes: 7 });
    expect(bytes.slice(bytes.indexOf("\r\n\r\n") + 4)).toBe('7\r\n{"devic\r\n');
    expect(end).toBe("ECONNRESET");
  });

  test("parameters: half-close and truncate are FIN, without and with the length", async () => {
    expect(await raw({ kind: "halfClose", handled: true })).toEqual({ bytes: "", end: "FIN" });
    const half = await raw({ kind: "halfClose", bytes: 7 });
    expect(half.bytes).toMatch(/\r\ntransfer-encoding: chunked\r\n/i);
    expect(half.bytes.endsWith('7\r\n{"devic\r\n')).toBe(true);
    const cut = await raw({ kind: "truncate", bytes: 7 });
    expect(Number(/\r\ncontent-length: (\d+)\r\n/i.exec(cut.bytes)?.[1])).toBeGreaterThan(200);
    expect(cut.bytes.endsWith('\r\n\r\n{"devic')).toBe(true);
    expect([half.end, cut.end]).toEqual(["FIN", "FIN"]);
  });

  test("parameters: garbage, a redirect, an empty answer", async () => {
    expect(await raw({ kind: "garbage", bytes: "SSH-2.0\r\n" })).toEqual({
      bytes: "SSH-2.0\r\n",
      end: "FIN",
    });
    const location = "https://example.com/";
    const { bytes } = await raw({ kind: "redirect", status: 308, location });
    expect(bytes).toMatch(/^HTTP\/1\.1 308 /);
    expect(bytes).toContain(`\r\nlocation: ${location}\r\n`);
    const empty = (await raw({ kind: "empty" })).bytes;
    expect(empty).toMatch(/^HTTP\/1\.1 204 /);
    expect(empty.toLowerCase()).not.toContain("content-length");
  });

  test("parameters: hang and stall keep it open", async () => {
    expect(await raw({ kind: "hang" }, 300)).toEqual({ bytes: "", end: "open" });
    const { bytes, end } = await raw({ kind: "stall" }, 300);
    expect([bytes.slice(0, 12), bytes.endsWith("\r\n\r\n"), end]).toEqual(["HTTP/1.1 200", true, "open"]);
  });

  test("parameters: a bomb is small until it is unpacked", async () => {
    const { bytes } = await raw({ kind: "bomb", encoding: "br", bytes: 8 * 1024 ** 2 });
    expect(bytes.length).toBeLessThan(10_000);
  });
});

describe("what is left behind", () => {
  test("behavior: a body without end waits for its reader, and ends with its socket", async () => {
    const { emulator, sp, server } = await start("socket");
    emulator.faults.add({ route: "*", fault: { kind: "endless" } });
    const before = process.memoryUsage().arrayBuffers;
    const controller = new AbortController();
    const { signal } = controller;
    const responses = await Promise.all([1, 2, 3, 4].map(() => sp.raw("GET", "/sp/none", { signal })));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 ** 2);
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    controller.abort();
    await until(() => server?.connections().open === 0, 2_000);
  });

  test("behavior: close ends what a fault holds, and prints nothing", async () => {
    const spies = [vi.spyOn(console, "error"), vi.spyOn(console, "info")];
    onTestFinished(() => void vi.restoreAllMocks());
    const { emulator, sp, server } = await start("socket");
    const { id } = await sp.open();
    const held: readonly Fault[] = [
      { kind: "hang" },
      { kind: "stall" },
      { kind: "drip", bytes: 1, everyMs: 50 },
      { kind: "latency", ms: 60_000 },
      { kind: "comments", count: Number.POSITIVE_INFINITY },
      { kind: "cut", ms: 60_000, frames: 9 },
      { kind: "bomb", encoding: "gzip", bytes: Number.POSITIVE_INFINITY },
    ];
    const rules = held.map((fault) => emulator.faults.add({ route: "awaitPairResult", calls: 1, fault }));
    const path = `/sp/pair/sessions/${id}/result`;
    const answers = held.map(async () => (await sp.raw("GET", path)).body?.getReader().read());
    for (const answer of answers) answer.catch(() => {});
    await until(() => rules.every(({ hits }) => hits() === 1));
    await server?.close();
    await Promise.allSettled(answers);
    await until(() => server?.connections().open === 0, 2_000);
    expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([]);
  });
});
