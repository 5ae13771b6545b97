import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { client, decode, firstEvm } from "../test/client.js";
import * as entry from "./index.js";
import { createEmulator } from "./index.js";

describe("exports", () => {
  test("default", () => {
    expect(Object.keys(entry).sort()).toEqual(["ApplianceError", "createEmulator"]);
  });
});

describe("createEmulator", () => {
  test("default", () => {
    const { sp } = createEmulator();
    expect(sp.apiKey).toMatch(/^sk_test_emulator_[\w-]{32}$/);
    for (const bytes of [sp.privateKeySeed, sp.publicKey, sp.octanePublicKey]) {
      expect(decode(bytes)).toHaveLength(32);
    }
  });

  test.each([
    [{ approval: "always" }, TypeError, "approval"],
    [{ now: 7 }, TypeError, "now"],
    [{ walletsPerChain: 0 }, RangeError, "walletsPerChain"],
    [{ walletsPerChain: 1.5 }, RangeError, "walletsPerChain"],
    [{ userTimeoutMs: 0 }, RangeError, "userTimeoutMs"],
    [{ userTimeoutMs: Number.POSITIVE_INFINITY }, RangeError, "userTimeoutMs"],
    [{ allowedReturnOrigins: ["http://you.com"] }, TypeError, "allowedReturnOrigins"],
    [{ allowedReturnOrigins: ["https://you.com/path"] }, TypeError, "allowedReturnOrigins"],
    [{ allowedReturnOrigins: ["*"] }, TypeError, "allowedReturnOrigins"],
    [{ allowedReturnOrigins: "https://you.com" }, TypeError, "allowedReturnOrigins"],
  ])("behavior: refuses %j", (options, kind, name) => {
    const make = () => createEmulator(options as never);
    expect(make).toThrow(kind);
    expect(make).toThrow(name);
  });

  test("behavior: two emulators share nothing", async () => {
    const [one, two] = [createEmulator(), createEmulator()];
    expect(one.sp.apiKey).not.toBe(two.sp.apiKey);
    expect(one.sp.octanePublicKey).not.toBe(two.sp.octanePublicKey);
    const stranger = client(two, one.sp);
    expect((await stranger.session()).status).toBe(401);
    const pairId = await client(one).pair();
    expect((await client(two).get(`/sp/pairings/${pairId}/wallets`)).status).toBe(404);
    one.appliance.importKey({ chain: "base", privateKey: "11".repeat(32) });
    expect(two.appliance.wallets()).toHaveLength(16);
  });

  test("behavior: no private key is ever printed or serialised", async () => {
    const privateKey = "4c".repeat(32);
    const emulator = createEmulator({ approval: "manual" });
    const { address } = emulator.appliance.importKey({ chain: "base", privateKey });
    const sp = client(emulator);
    const { card } = await sp.open();
    const { pair_id } = await card.approve();
    await sp.validate(pair_id);
    const controller = new AbortController();
    const waiting = sp.raw("GET", `/sp/pairings/${pair_id}/events`, { signal: controller.signal });
    const deep = { depth: Number.POSITIVE_INFINITY, showHidden: true };
    const shown = [emulator, emulator.appliance, card, await emulator.appliance.requests(), await waiting]
      .flatMap((value) => [inspect(value, deep), JSON.stringify(value), String(value)])
      .join("\n");
    controller.abort();
    const derived = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    for (const secret of [
      privateKey,
      derived,
      "76, 76, 76",
      "172, 9, 116",
      "test test",
      emulator.sp.privateKeySeed,
      emulator.sp.apiKey,
    ]) {
      expect(shown).not.toContain(secret);
    }
    expect(shown).toContain("sp_user_ref");
    expect(address).toMatch(/^0x/);
  });

  test("behavior: a clock of the test's rules expiry and time stamps", async () => {
    const now = Date.UTC(2040, 5, 1);
    const sp = client(createEmulator({ now: () => now }));
    const { body } = await sp.session();
    expect(body.expires_at).toBe("2040-06-01T00:05:00.000Z");
  });
});

describe("addSp", () => {
  test("default", async () => {
    const emulator = createEmulator();
    const other = emulator.addSp();
    expect(Object.keys(other).sort()).toEqual(Object.keys(emulator.sp).sort());
    expect(other.octanePublicKey).toBe(emulator.sp.octanePublicKey);
    expect(other.publicKey).not.toBe(emulator.sp.publicKey);
    const sp = client(emulator, other);
    await sp.pair();
    expect((await sp.sign(firstEvm)).status).toBe(200);
  });

  test("parameters: name, allowedReturnOrigins", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(
      emulator,
      emulator.addSp({ name: "Ada's shop", allowedReturnOrigins: ["https://ada.test/"] }),
    );
    const { card } = await sp.open({ return_url: "https://ada.test/done" });
    expect(card.sp.name).toBe("Ada's shop");
  });
});
