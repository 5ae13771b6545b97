import { readdirSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { AstrotrainClient, subscribeToEvents } from "@sigil/astrotrain";
import { listen } from "@sigil/emulator/node";
import { figure, rounds } from "@sigil/testing/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { pairedEmulator } from "./pairedEmulator.js";
import type { Exiting, ExitingSetup } from "./programs/exiting.js";
import type { LongSignal } from "./programs/longSignal.js";
import { mebibyte } from "./programs/memory.js";
import { runProgram, startProgram } from "./programs/runProgram.js";
import type { Subscriptions } from "./programs/subscriptions.js";
import { startRawOctane } from "./rawOctane.js";
import { within } from "./within.js";

const inKiB = (bytes: number): string => `${Math.round(bytes / 1024)} KiB`;

describe("R37: subscriptions that begin and end", () => {
  test("R37: leave no memory, listener, stream or timer", async () => {
    const report = await runProgram<Subscriptions>("subscriptions.ts", [rounds(10_000)]);
    const { subscriptions, heapBytes, ...left } = report;
    expect(subscriptions).toBe(rounds(10_000));
    expect(heapBytes).toBeLessThanOrEqual(2 * mebibyte);
    expect(left).toEqual({ listeners: 0, openStreams: 0, timers: 0 });
    figure(
      "R37",
      `${subscriptions} subscriptions: heap ${inKiB(heapBytes)} more, ${left.listeners} listeners, ${left.openStreams} streams, ${left.timers} timers`,
    );
  });

  test("R37: leave no socket", async () => {
    const { octane, heard } = await startEventOctane();
    const access = { octaneUrl: octane.url, apiKey: "test-api-key-0001", pairId: "p-1" };
    const client = new AstrotrainClient({ ...access, privateKeySeed: new Uint8Array(32).fill(1) });
    const subscriptions = rounds(10_000);
    for (let i = 0; i < subscriptions; i++)
      await (i % 2 === 0 ? abortOne(heard, access) : watchOne(heard, client));
    const quietMs = await octane.untilQuiet(2_000);
    expect(octane.sockets.carrying).toBe(0);
    // Those that Node opens to spare, and closes by itself.
    await octane.untilEmpty(7_000);
    expect(octane.sockets.open).toBe(0);
    expect(heard()).toBe(subscriptions);
    figure(
      "R37",
      `${subscriptions} over sockets: none with a request open ${quietMs.toFixed()} ms after the last, then none at all`,
    );
  }, 120_000);
});

type Access = { readonly octaneUrl: string; readonly apiKey: string; readonly pairId: string };

/** Answers every request with a stream that stays open, and counts them. */
async function startEventOctane() {
  let requests = 0;
  const head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
  const octane = await startRawOctane((socket) => {
    requests++;
    socket.write(`${head}: keep-alive\n\n`);
  });
  return { octane, heard: () => requests };
}

async function untilAsked(heard: () => number, before: number): Promise<void> {
  while (heard() === before) await nextTurn();
}

async function abortOne(heard: () => number, access: Access): Promise<void> {
  const controller = new AbortController();
  const asked = heard();
  const over = subscribeToEvents({ ...access, signal: controller.signal }).catch(() => {});
  await untilAsked(heard, asked);
  controller.abort();
  await over;
}

async function watchOne(heard: () => number, client: AstrotrainClient): Promise<void> {
  const asked = heard();
  const watch = client.watchPair({ pairId: "p-1" });
  await untilAsked(heard, asked);
  watch.stop();
}

test("R39: signatures under one signal leave no memory and no listener, and Node warns of nothing", async () => {
  const report = await runProgram<LongSignal>("longSignal.ts", [rounds(100_000)], 1_200_000);
  const { signs, heapBytes, listeners, warnings } = report;
  expect(signs[0]).toBe(rounds(100_000));
  for (const bytes of heapBytes) expect(bytes).toBeLessThanOrEqual(3 * mebibyte);
  expect({ listeners, warnings }).toEqual({ listeners: 0, warnings: [] });
  figure(
    "R39",
    `${signs[0]} signatures in the process and ${signs[1]} over sockets: heap ${heapBytes.map(inKiB).join(" and ")} more, ${listeners} listeners, ${warnings.length} warnings`,
  );
}, 1_200_000);

test("R40: no source uses AbortSignal.any", () => {
  const root = fileURLToPath(new URL("../../packages", import.meta.url));
  const files = readdirSync(root)
    .flatMap((name) =>
      readdirSync(join(root, name, "src"), { recursive: true, encoding: "utf8" }).map((file) =>
        join(root, name, "src", file),
      ),
    )
    .filter((file) => /\.tsx?$/.test(file));
  const hits = files.filter((file) => readFileSync(file, "utf8").includes("AbortSignal.any("));
  expect(files.length).toBeGreaterThan(100);
  expect(hits).toEqual([]);
  figure("R40", `${hits.length} of ${files.length} files`);
});

const endsAtOnce = ({ lastedMs }: Exiting): boolean => lastedMs <= 1_000;

describe("R45: a process that has nothing more to do", () => {
  test.each([
    ["after close, with a watch and a signature under way", "watch and sign", "network"],
    ["without close, where nothing is under way", "nothing", undefined],
  ] as const)(
    "R45: ends by itself within a second: %s",
    async (title, open, kind) => {
      const octane = await startUndecidedEmulator();
      const setup: ExitingSetup = { ...octane, open };
      const run = async (): Promise<Exiting> => {
        const { code, stdout, stderr } = await startProgram("exiting.ts", [JSON.stringify(setup)], 30_000);
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        return JSON.parse(stdout) as Exiting;
      };
      const times: number[] = [];
      let repeated = 0;
      for (let i = 0; i < rounds(20); i++) {
        const tried = await within(endsAtOnce, run, (report) => expect(report.kind).toBe(kind));
        times.push(tried.measured.lastedMs);
        if (tried.repeated > 0) repeated++;
      }
      const slowest = Math.ceil(Math.max(...times));
      expect(slowest).toBeLessThanOrEqual(1_000);
      figure(
        "R45",
        `${times.filter((ms) => ms <= 1_000).length} of ${times.length} processes, ${title}: ended after ${slowest} ms at most (${repeated} measured again)`,
      );
    },
    300_000,
  );
});

/** What Node's fetch gives a connection that is being made, and as much for a machine with much else to do. */
const connectTimeoutMs = 10_000 + 10_000;

test("R45: closed while a connection is being made, it ends when Node's fetch gives the connection up, after 10 seconds", async () => {
  const { octaneUrl, connections } = await startSilentServer();
  const keys = { apiKey: "test-api-key-0001", privateKeySeed: Buffer.alloc(32, 1).toString("base64url") };
  const setup: ExitingSetup = { ...keys, octaneUrl, pairId: "p-1", address: "a-wallet", open: "connection" };
  const run = async (): Promise<Exiting> => {
    const { code, stdout, stderr } = await startProgram("exiting.ts", [JSON.stringify(setup)], 30_000);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return JSON.parse(stdout) as Exiting;
  };
  const reports = await Promise.all(Array.from({ length: rounds(5) }, run));
  for (const { kind, lastedMs } of reports) {
    expect(kind).toBe("network");
    expect(lastedMs).toBeLessThanOrEqual(connectTimeoutMs);
  }
  expect(connections()).toBe(reports.length);
  const slowest = Math.ceil(Math.max(...reports.map(({ lastedMs }) => lastedMs)));
  figure("R45", `${reports.length} processes, closed while connecting: ended after ${slowest} ms at most`);
}, 60_000);

/** Takes connections and never says a word, so that no TLS handshake comes to an end. */
async function startSilentServer(): Promise<{ octaneUrl: string; connections: () => number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  return { octaneUrl: `https://127.0.0.1:${port}`, connections: () => sockets.size };
}

/** Over a socket, with an owner who approves all but a payload of 255s, which is looked at for ever. */
async function startUndecidedEmulator(): Promise<Omit<ExitingSetup, "open">> {
  const never = Buffer.alloc(32, 255).toString("base64url");
  const paired = await pairedEmulator(({ payload }) =>
    payload === never ? new Promise(() => {}) : undefined,
  );
  const { url, close } = await listen(paired.emulator, { port: 0 });
  onTestFinished(close);
  return { ...paired.keys, octaneUrl: url, pairId: paired.pairId, address: paired.evmAddress };
}
