import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { digest, firstEvm, signBody, until } from "../../test/client.js";
import { start, ways } from "../../test/overBoth.js";
import type { Fault } from "../index.js";
import { kinds } from "./kinds/index.js";
import { type FaultRoute, routeNames } from "./routes.js";

/** One of each. */
const samples: { readonly [Kind in Fault["kind"]]: Extract<Fault, { kind: Kind }> } = {
  refuse: { kind: "refuse" },
  reset: { kind: "reset", bytes: 3 },
  halfClose: { kind: "halfClose", bytes: 3 },
  truncate: { kind: "truncate", bytes: 3 },
  garbage: { kind: "garbage", handled: true },
  hang: { kind: "hang" },
  stall: { kind: "stall", bytes: 3 },
  latency: { kind: "latency", ms: 2 },
  drip: { kind: "drip", bytes: 200, everyMs: 1 },
  status: { kind: "status", status: 504, handled: true },
  offline: { kind: "offline", retryAfter: "1" },
  userTimeout: { kind: "userTimeout" },
  redirect: { kind: "redirect", status: 303, location: "http://127.0.0.1:1/" },
  badJson: { kind: "badJson", handled: true },
  wrongShape: { kind: "wrongShape", handled: true, body: { entries: 1 } },
  contentType: { kind: "contentType", type: "text/plain" },
  html: { kind: "html" },
  empty: { kind: "empty", handled: true },
  answer: { kind: "answer", body: new Uint8Array([0xff]) },
  bomb: { kind: "bomb", encoding: "deflate", bytes: 100_000 },
  endless: { kind: "endless" },
  encoding: { kind: "encoding", encoding: "gzip, middle-out" },
  wrongKey: { kind: "wrongKey", party: "device" },
  stale: { kind: "stale" },
  duplicate: { kind: "duplicate" },
  swap: { kind: "swap", waitMs: 1 },
  cut: { kind: "cut" },
  comments: { kind: "comments", count: 3 },
  unterminated: { kind: "unterminated", bytes: 9 },
  malformed: { kind: "malformed" },
  format: { kind: "format", as: "multiLine" },
  retry: { kind: "retry", value: "x" },
};

describe.each(ways)("over %s", (way) => {
  test.each(Object.values(samples))("parameters: %j on every route ends as fetch ends", async (fault) => {
    const { emulator, sp } = await start(way);
    const pairId = await sp.pair();
    const { id } = await sp.open();
    const json = (body: object) => ({
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const scopes = { sp_user_ref: "ada", requested_scopes: [{ chain: "base", access: "sign" }] };
    const calls: Readonly<Record<FaultRoute, readonly [string, RequestInit]>> = {
      createPairSession: ["/sp/pair/sessions", json(scopes)],
      awaitPairResult: [`/sp/pair/sessions/${id}/result`, {}],
      validateSpKey: ["/sp/pair/validate", json({ pair_id: pairId, code: "123456" })],
      getEnabledWallets: [`/sp/pairings/${pairId}/wallets`, {}],
      subscribeToEvents: [`/sp/pairings/${pairId}/events`, {}],
      sign: ["/sp/sign", json(signBody(emulator.sp, firstEvm, digest))],
      revokePairing: [`/sp/pairings/${pairId}`, { method: "DELETE" }],
    };
    for (const [route, [path, init]] of Object.entries(calls) as [
      FaultRoute,
      readonly [string, RequestInit],
    ][]) {
      const where = kinds[fault.kind].routes?.(fault as never) ?? routeNames;
      const added = emulator.faults.add({ route: "*", calls: 1, fault });
      const controller = new AbortController();
      const { signal } = controller;
      const answer = sp.raw(init.method ?? "GET", path, { ...init, signal, redirect: "error" });
      const ended = answer.then(fault.kind === "endless" ? readABit : readAll).catch((error: Error) => error);
      let over = false;
      void ended.then(() => {
        over = true;
      });
      await until(() => over || added.hits() === 1 || !where.includes(route));
      // What is still held by then is held until its caller leaves. A bomb ends by itself: Node 20 may never settle a
      // call that is aborted while it unpacks deflate.
      const timer = setTimeout(
        () => controller.abort(),
        fault.kind === "bomb" ? 5_000 : way === "fetch" ? 15 : 60,
      );
      const how = await ended;
      clearTimeout(timer);
      if (how instanceof Error)
        expect(how.message).toMatch(/^(fetch failed|terminated|This operation was aborted)$/);
      expect([route, added.hits()]).toEqual([route, where.includes(route) ? 1 : 0]);
      if (way === "fetch") expect(getEventListeners(signal, "abort")).toHaveLength(0);
      added.remove();
    }
    expect((await sp.session()).status).toBe(201);
  });
});

const readAll = (response: Response): Promise<unknown> => response.arrayBuffer();

/** What never ends is not read to its end: Node 20 may never settle a call that is aborted while it gathers such a body. */
async function readABit(response: Response): Promise<void> {
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
}
