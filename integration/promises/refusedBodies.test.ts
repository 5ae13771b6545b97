import { getEnabledWallets } from "@sigil/astrotrain";
import { figure, rounds } from "@sigil/testing/promises";
import { expect, test } from "vitest";
import { headText, json } from "./answers.js";
import { apiKey, pairId } from "./calls.js";
import { countClientSockets } from "./clientSockets.js";
import { concurrently, failureOf } from "./concurrently.js";
import { heldAfterCollection } from "./heap.js";
import { startRawOctane } from "./rawOctane.js";

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
