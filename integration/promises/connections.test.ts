import { AstrotrainClient } from "@sigil/astrotrain";
import { listen } from "@sigil/emulator/node";
import { figure, rounds } from "@sigil/testing/promises";
import { expect, onTestFinished, test } from "vitest";
import { pairedEmulator, totalOf } from "./pairedEmulator.js";
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
