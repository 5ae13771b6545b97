import { describe, expect, onTestFinished, test, vi } from "vitest";
import { client, firstEvm, until } from "../test/client.js";
import { createEmulator } from "./index.js";

describe("reset", () => {
  test("behavior: a signature that is under way does not leave", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    await sp.pair();
    emulator.events.subscribe(({ kind }) => {
      if (kind === "sign_decided") emulator.reset();
    });
    const { status, body } = await sp.sign(firstEvm);
    expect([status, body.error?.code]).toEqual([403, "pair_revoked"]);
  });

  test("default: as it was when made", async () => {
    const emulator = createEmulator();
    const { appliance, fetch, sp: own } = emulator;
    const before = { wallets: appliance.wallets(), policy: emulator.policy.get(), sps: emulator.sps.list() };
    const sp = client({ appliance, fetch, sp: own });
    const pairId = await sp.pair();
    emulator.addAppliance();
    emulator.addSp();
    emulator.sps.update(own.id, { name: "other" });
    emulator.sps.addApiKey(own.id);
    appliance.importKey({ chain: "base", privateKey: "11".repeat(32) });
    appliance.setOnline(false);
    emulator.policy.set({ supportedChains: [] });
    emulator.rules.add({ then: "ignore" });
    emulator.faults.add({ route: "*", fault: { kind: "empty" } });
    emulator.clock.advance(3_600_000);
    emulator.reset();
    expect(emulator.appliances()).toEqual([appliance]);
    expect({ wallets: appliance.wallets(), policy: emulator.policy.get(), sps: emulator.sps.list() }).toEqual(
      before,
    );
    expect([appliance.pairs(), appliance.prompts(), appliance.online()]).toEqual([[], 0, true]);
    expect([emulator.rules.list(), emulator.traffic.list(), emulator.faults.calls("*")]).toEqual([[], [], 0]);
    expect(Math.abs(emulator.clock.now() - Date.now())).toBeLessThan(60_000);
    expect((await sp.get(`/sp/pairings/${pairId}/wallets`)).status).toBe(404);
    await sp.pair();
    expect((await sp.sign(firstEvm)).status).toBe(200);
  });

  test("behavior: whatever waits is answered", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    const pairId = await sp.pair();
    const { id } = await sp.open();
    const frame = sp.result(id);
    const event = sp.raw("GET", `/sp/pairings/${pairId}/events`).then((response) => response.text());
    const signing = sp.sign(firstEvm);
    await until(async () => (await emulator.appliance.requests())[0]);
    await until(
      () => emulator.traffic.list().filter(({ response }) => response.ended === "open").length === 3,
    );
    emulator.reset();
    expect((await frame).kind).toBe("pair_expired");
    expect(await event).toContain("pair_revoked");
    expect((await signing).body.error.code).toBe("pair_revoked");
  });

  test("behavior: a pairing that a rule has put off is not decided any more, whichever appliance it was on", async () => {
    const emulator = createEmulator({ seed: "ada" });
    const sp = client(emulator);
    const ids = async (): Promise<readonly string[]> => {
      const { body: one } = await sp.session();
      emulator.clock.advance(60_000);
      const { body: other } = await sp.session();
      return [one.session_id, other.session_id];
    };
    const fresh = await ids();
    emulator.reset();
    emulator.rules.add({ when: { kind: "pair" }, then: { delayMs: 30_000, then: "approve" } });
    await sp.open();
    await emulator.addAppliance().open((await sp.session()).body.pair_uri);
    emulator.reset();
    expect(await ids()).toEqual(fresh);
  });

  test("behavior: nothing that a rule has put off keeps the process alive, nor where the owner was quicker", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    emulator.rules.add({ when: { kind: "pair" }, then: { delayMs: 3_600_000, then: "approve" } });
    const { card } = await sp.open();
    expect(vi.getTimerCount()).toBe(1);
    await card.reject();
    expect(vi.getTimerCount()).toBe(0);
    await sp.open();
    emulator.reset();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("behavior: with a seed the same calls get the same answers again", async () => {
    const emulator = createEmulator({ seed: "ada" });
    const run = async (): Promise<string> => {
      await client(emulator).pair();
      await client(emulator).sign(firstEvm);
      return emulator.traffic.transcript();
    };
    const first = await run();
    emulator.reset();
    expect(await run()).toBe(first);
    expect(first).toContain("device_signature");
  });
});
