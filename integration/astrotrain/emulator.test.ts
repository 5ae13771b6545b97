import {
  AstrotrainClient,
  awaitPairResult,
  buildPairUri,
  createPairSession,
  getEnabledWallets,
  mintValidationCode,
  revokePairing,
  subscribeToEvents,
  validateSpKey,
} from "@sigil/astrotrain";
import { createEmulator } from "@sigil/emulator";
import { listen } from "@sigil/emulator/node";
import { describe, expect, test } from "vitest";
import { rejection } from "./rejection.js";

const create = {
  spUserRef: "user-42",
  requestedScopes: [
    { chain: "ethereum", access: "sign" },
    { chain: "solana", access: "sign" },
  ],
} as const;

describe("against the emulator, over HTTP", () => {
  test("default: pair, validate, list, sign for both curves, revoke", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const server = await listen(emulator, { port: 0 });
    try {
      const { apiKey, privateKeySeed, octanePublicKey } = emulator.sp;
      const access = { octaneUrl: server.url, apiKey };
      const code = mintValidationCode();
      const session = await createPairSession({ ...access, ...create });
      const waiting = awaitPairResult({ ...access, sessionId: session.session_id });
      const card = await emulator.appliance.open(
        buildPairUri({ sessionId: session.session_id, scheme: "https", validationCode: code }),
      );
      await card.approve({});
      const { pair_id, sp_user_ref, bindings } = await waiting;
      expect(sp_user_ref).toBe("user-42");
      expect(new Set(bindings.map(({ chain }) => chain))).toEqual(new Set(["ethereum", "solana"]));

      const client = new AstrotrainClient({ ...access, privateKeySeed, octanePublicKey });
      expect(await client.getPublicKey()).toBe(emulator.sp.publicKey);
      const { entries } = await getEnabledWallets({ ...access, pairId: pair_id });
      const addressOn = (chain: string): string =>
        entries.find((entry) => entry.chain === chain && entry.sign)?.address ?? "";
      const ethereum = {
        address: addressOn("ethereum"),
        payload: new Uint8Array(32),
        algo: "secp256k1",
        pairId: pair_id,
      } as const;
      expect(await rejection(client.sign(ethereum))).toMatchObject({
        kind: "http",
        status: 403,
        code: "pair_pending",
      });

      const { signature } = await validateSpKey({ ...access, pairId: pair_id, code });
      expect(signature).toHaveLength(86);
      const approving = setInterval(async () => {
        for (const request of await emulator.appliance.requests()) await request.approve();
      }, 5);
      const [first, second] = await Promise.all([
        client.sign(ethereum),
        client.sign({
          address: addressOn("solana"),
          payload: new Uint8Array(100),
          algo: "ed25519",
          chain: "solana",
        }),
      ]).finally(() => clearInterval(approving));
      expect(first.request_id).not.toBe(second.request_id);

      const event = subscribeToEvents({ ...access, pairId: pair_id });
      const revocation = await revokePairing({ ...access, pairId: pair_id });
      expect(revocation).toMatchObject({ revoked: true, pair_id });
      expect(await event).toEqual({ kind: "pair_revoked", pair_id, revoked_at_ms: revocation.revoked_at_ms });
      expect(await revokePairing({ ...access, pairId: pair_id })).toEqual({ ...revocation, revoked: false });
      expect(await rejection(client.sign(ethereum))).toMatchObject({
        kind: "http",
        status: 403,
        code: "pair_revoked",
      });
      expect(await rejection(getEnabledWallets({ ...access, pairId: pair_id }))).toMatchObject({
        status: 403,
      });
    } finally {
      await server.close();
    }
  });

  test("behavior: a rejection, and an expiry by the emulator's clock", async () => {
    let now = Date.parse("2026-01-01T00:00:00Z");
    const emulator = createEmulator({ approval: "manual", now: () => now });
    const access = { octaneUrl: "https://octane.example", apiKey: emulator.sp.apiKey, fetch: emulator.fetch };
    const first = await createPairSession({ ...access, ...create });
    const card = await emulator.appliance.open(first.pair_uri);
    await card.reject("not me");
    expect(await rejection(awaitPairResult({ ...access, sessionId: first.session_id }))).toMatchObject({
      kind: "rejected",
      reason: "not me",
    });
    const second = await createPairSession({ ...access, ...create, expiresInSecs: 1 });
    now += 1001;
    expect(await rejection(awaitPairResult({ ...access, sessionId: second.session_id }))).toMatchObject({
      kind: "expired",
    });
  });

  test("behavior: a session of another SP is not found", async () => {
    const emulator = createEmulator();
    const other = emulator.addSp({ name: "Other" });
    const octane = { octaneUrl: "https://octane.example/octane/", fetch: emulator.fetch };
    const { session_id } = await createPairSession({ ...octane, apiKey: emulator.sp.apiKey, ...create });
    const error = await rejection(
      awaitPairResult({ ...octane, apiKey: other.apiKey, sessionId: session_id }),
    );
    expect(error).toMatchObject({ kind: "http", status: 404, code: "not_found" });
  });
});
