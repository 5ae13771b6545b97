import { AstrotrainClient, getEnabledWallets } from "@sigil/astrotrain";
import { listen } from "@sigil/emulator/node";
import { figure, rounds } from "@sigil/testing/promises";
import { expect, onTestFinished, test } from "vitest";
import { headText, json } from "./answers.js";
import { apiKey, pairId } from "./calls.js";
import { countClientSockets } from "./clientSockets.js";
import { concurrently, failureOf } from "./concurrently.js";
import { heldAfterCollection } from "./heap.js";
import { pairedEmulator, totalOf } from "./pairedEmulator.js";
import { startRawOctane } from "./rawOctane.js";
import { isSignatureOver, payloadOf } from "./signatures.js";

/** A client of an emulator that listens, and what it takes to count its connections. */
async function startListening() {
  let openAtMost = 0;
  // Every connection brings a prompt, so that none opens unseen.
  const paired = await pairedEmulator(() => {
    openAtMost = Math.max(openAtMost, server.connections().open);
  });
  const server = await listen(paired.emulator, { port: 0 });
  const client = new AstrotrainClient({ octaneUrl: server.url, ...paired.keys });
  onTestFinished(() => {
    client.close();
    return server.close();
  });
  const sign = async (n: number) => {
    const request = { address: paired.evmAddress, payload: payloadOf(n), algo: "secp256k1" } as const;
    const { device_signature, request_id } = await client.sign(request);
    return { right: isSignatureOver(payloadOf(n), device_signature), request_id };
  };
  return {
    sign,
    client,
    server,
    pairId: paired.pairId,
    prompts: paired.prompts,
    openAtMost: () => openAtMost,
  };
}

async function signAtOnce(count: number) {
  const { sign, prompts, openAtMost } = await startListening();
  const signed = await Promise.all(Array.from({ length: count }, (_, n) => sign(n)));
  return { signed, prompts, openAtMost: openAtMost() };
}

test("R41: 1,000 concurrent signs of one client are each its own answer, over 64 connections at most where it watches no pair", async () => {
  const count = rounds(1_000);
  const { signed, prompts, openAtMost } = await signAtOnce(count);
  const right = signed.filter((each) => each.right).length;
  expect([right, new Set(signed.map((each) => each.request_id)).size]).toEqual([count, count]);
  expect([prompts.size, totalOf(prompts)]).toEqual([count, count]);
  expect(openAtMost).toBeLessThanOrEqual(64);
  figure(
    "R41",
    `${right} of ${count} concurrent signs right, ${count - right} crossed, at most ${openAtMost} connections open`,
  );
}, 600_000);

test("R41: each watch takes one connection more", async () => {
  const { sign, client, server, pairId } = await startListening();
  const watches = 20;
  for (let i = 0; i < watches; i++) client.watchPair({ pairId });
  const count = rounds(1_000);
  const signed = await Promise.all(Array.from({ length: count }, (_, n) => sign(n)));
  expect(signed.filter((each) => each.right)).toHaveLength(count);
  const { open } = server.connections();
  expect(open).toBeLessThanOrEqual(64 + watches);
  figure("R41", `${count} concurrent signs beside ${watches} watches: ${open} connections open`);
}, 600_000);

test("R42: 1,000 signs one after the other take at most 2 connections", async () => {
  const { sign, server } = await startListening();
  const count = rounds(1_000);
  let right = 0;
  for (let n = 0; n < count; n++) right += Number((await sign(n)).right);
  const { accepted } = server.connections();
  expect(right).toBe(count);
  expect(accepted).toBeLessThanOrEqual(2);
  figure("R42", `${right} signs over ${accepted} connections`);
}, 600_000);

const MiB = 1024 * 1024;
const page = Buffer.alloc(MiB, "<p>no</p>");
/** How many calls are under way at once: each may hold one connection. */
const pool = 32;

/** A server that refuses with a page that nobody wants to the end. */
const startVerbose = () =>
  startRawOctane((socket) => {
    socket.write(headText(403, { ...json, "content-length": String(page.length) }));
    socket.write(page);
  });

test("R43: 1,000 refusals of 1 MiB are cancelled, leave no socket, and 4 MiB of heap at most", async () => {
  const octane = await startVerbose();
  const sockets = countClientSockets(octane.url);
  const ask = () => failureOf(getEnabledWallets({ octaneUrl: octane.url, apiKey, pairId }));
  const check = (error: unknown): number => {
    expect(error).toMatchObject({ kind: "http", status: 403 });
    return (error as { body: string }).body.length;
  };
  await concurrently(pool * 2, pool, ask);
  const before = await heldAfterCollection();
  const count = rounds(1_000);
  const longest = Math.max(...(await concurrently(count, pool, async () => check(await ask()))));
  const quietMs = await octane.untilQuiet(2_000);
  const grown = (await heldAfterCollection()) - before;
  expect(longest).toBeLessThanOrEqual(64 * 1024);
  expect(octane.sockets.carrying).toBe(0);
  expect(sockets.carrying.made()).toBeGreaterThanOrEqual(count);
  expect(sockets.carrying.peak()).toBeLessThanOrEqual(pool);
  expect(sockets.all.peak()).toBeLessThanOrEqual(2 * pool);
  // Those that Node opens to spare, and closes by itself.
  await octane.untilEmpty(7_000);
  expect([octane.sockets.open, sockets.all.open()]).toEqual([0, 0]);
  expect(grown).toBeLessThanOrEqual(4 * MiB);
  figure(
    "R43",
    `${count} refusals: at most ${sockets.carrying.peak()} sockets with a request for ${pool} calls at a time (${sockets.all.peak()} with those that Node opens to spare), none with a request after ${quietMs.toFixed(0)} ms, ${(grown / MiB).toFixed(1)} MiB held`,
  );
}, 600_000);
