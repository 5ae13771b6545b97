/** The routes under `/sp/pairings/{pair_id}`: wallets, events, revocation. */
import { describe, expect, test, vi } from "vitest";
import { client, firstEvm, frameOf, secondEvm } from "../../../test/client.js";
import { createEmulator } from "../../index.js";

const wallets = (id: string) => `/sp/pairings/${id}/wallets`;
const events = (id: string) => `/sp/pairings/${id}/events`;
const row = (id: string) => `/sp/pairings/${id}`;

describe("getEnabledWallets", () => {
  test("default", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    const scopes = [
      { chain: "ethereum", access: "sign", wallet_index: 0 },
      { chain: "ethereum", access: "read" },
      { chain: "solana", access: "read", wallet_index: 1 },
    ];
    const pairId = await sp.pairPending({}, { scopes });
    const solana = emulator.appliance.wallets().filter(({ chain }) => chain === "solana")[1]?.address;
    const { status, body } = await sp.get(wallets(pairId));
    expect(status).toBe(200);
    expect(body).toEqual({
      entries: [
        { chain: "ethereum", wallet_index: 0, address: firstEvm, read: true, sign: true },
        { chain: "ethereum", wallet_index: 1, address: secondEvm, read: true, sign: false },
        { chain: "solana", wallet_index: 1, address: solana, read: true, sign: false },
      ],
    });
  });

  test("behavior: approving nothing leaves nothing to see", async () => {
    const sp = client(createEmulator({ approval: "manual" }));
    const pairId = await sp.pairPending({}, { scopes: [] });
    expect((await sp.get(wallets(pairId))).body).toEqual({ entries: [] });
  });

  test("behavior: refused once revoked", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const pairId = await sp.pair();
    await emulator.appliance.revoke(pairId);
    const { status, body } = await sp.get(wallets(pairId));
    expect([status, body.error.code]).toEqual([403, "pair_revoked"]);
  });
});

describe("subscribeToEvents", () => {
  test("default", async () => {
    const now = 1_900_000_000_000;
    const sp = client(createEmulator({ now: () => now }));
    const pairId = await sp.pair();
    const response = await sp.raw("GET", events(pairId));
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const waiting = frameOf(response);
    await sp.del(row(pairId));
    const frame = { kind: "pair_revoked", pair_id: pairId, revoked_at_ms: now };
    expect(await waiting).toEqual(frame);
    expect(await frameOf(await sp.raw("GET", events(pairId)))).toEqual(frame);
  });

  test("behavior: hears the owner, and the third wrong code", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const [first, second] = [await sp.pairPending(), await sp.pairPending()];
    const waiting = [first, second].map(async (id) => frameOf(await sp.raw("GET", events(id))));
    await emulator.appliance.revoke(first);
    for (const _ of [1, 2, 3]) await sp.validate(second, "000000");
    const frames = await Promise.all(waiting);
    expect(frames.map(({ kind, pair_id }) => [kind, pair_id])).toEqual([
      ["pair_revoked", first],
      ["pair_revoked", second],
    ]);
  });

  test("behavior: stays open meanwhile, and leaves nothing behind", async () => {
    vi.useFakeTimers();
    const sp = client(createEmulator());
    const pairId = await sp.pair();
    const reader = (await sp.raw("GET", events(pairId))).body?.getReader();
    await reader?.read();
    let ended = false;
    void reader?.read().then(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(14_000);
    expect(ended).toBe(false);
    await reader?.cancel();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});

describe("revokePairing", () => {
  test("default", async () => {
    let now = 5_000;
    const sp = client(createEmulator({ now: () => now }));
    const pairId = await sp.pair();
    now = 6_000;
    const first = await sp.del(row(pairId));
    expect(first.body).toEqual({ revoked: true, pair_id: pairId, revoked_at_ms: 6_000 });
    now = 7_000;
    const second = await sp.del(row(pairId));
    expect(second.status).toBe(200);
    expect(second.body).toEqual({ revoked: false, pair_id: pairId, revoked_at_ms: 6_000 });
  });

  test("behavior: two at once, one did it", async () => {
    const sp = client(createEmulator());
    const pairId = await sp.pair();
    const answers = await Promise.all([1, 2, 3].map(() => sp.del(row(pairId))));
    expect(answers.map(({ body }) => body.revoked).sort()).toEqual([false, false, true]);
  });

  test("behavior: ends one pairing and no other", async () => {
    const sp = client(createEmulator());
    const [first, second] = [await sp.pair(), await sp.pair()];
    await sp.del(row(first));
    expect((await sp.sign(firstEvm)).status).toBe(200);
    expect((await sp.sign(firstEvm, undefined, { pair_id: second })).status).toBe(200);
    expect((await sp.sign(firstEvm, undefined, { pair_id: first })).body.error.code).toBe("pair_revoked");
  });
});

describe("another provider", () => {
  test("behavior: is told the same about a pairing as about none", async () => {
    const emulator = createEmulator();
    const pairId = await client(emulator).pair();
    const other = client(emulator, emulator.addSp());
    for (const [method, path] of [
      ["GET", wallets] as const,
      ["GET", events] as const,
      ["DELETE", row] as const,
    ]) {
      const answer = async (id: string) => {
        const response = await other.raw(method, path(id));
        return [response.status, (await response.json()).error];
      };
      expect(await answer(pairId)).toEqual(await answer("none"));
      expect((await answer(pairId))[0]).toBe(404);
    }
    expect((await client(emulator).get(wallets(pairId))).status).toBe(200);
  });
});
