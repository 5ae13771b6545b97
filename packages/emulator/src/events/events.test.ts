import { describe, expect, test } from "vitest";
import { client, firstEvm } from "../../test/client.js";
import { createEmulator } from "../index.js";

describe("events", () => {
  test("default: what happens, in order, by id", async () => {
    const emulator = createEmulator({ now: () => 0 });
    const heard: string[] = [];
    const stop = emulator.events.subscribe(({ kind }) => void heard.push(kind));
    const sp = client(emulator);
    const pairId = await sp.pair();
    await sp.sign(firstEvm);
    await sp.del(`/sp/pairings/${pairId}`);
    const kinds = heard.filter((kind) => kind !== "traffic");
    expect(kinds).toEqual([
      "session_created",
      "session_scanned",
      "session_finished",
      "pair_activated",
      "sign_requested",
      "sign_decided",
      "pair_revoked",
    ]);
    stop();
    emulator.clock.advance(1_000);
    const [advanced] = emulator.events.since(emulator.events.since(0).length - 1);
    expect(advanced).toMatchObject({ kind: "clock_advanced", at: "1970-01-01T00:00:01.000Z" });
    expect(heard).not.toContain("clock_advanced");
    const decided = emulator.events.since(0).find(({ kind }) => kind === "sign_decided");
    expect(decided).toMatchObject({ pair_id: pairId, sp_id: emulator.sp.id, outcome: "signed" });
  });

  test("behavior: what is set up says so", () => {
    const emulator = createEmulator();
    const from = emulator.events.since(0).length;
    emulator.policy.set({ maxWrongCodes: 5 });
    emulator.rules.add({ then: "approve" }).remove();
    emulator.faults.add({ route: "*", fault: { kind: "empty" } }).remove();
    emulator.appliance.setOnline(false);
    emulator.appliance.setOnline(true);
    emulator.addSp();
    emulator.reset();
    const kinds = new Set(emulator.events.since(from).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      "appliance_offline",
      "appliance_online",
      "faults_changed",
      "policy_changed",
      "reset",
      "rules_changed",
      "sp_changed",
    ]);
  });

  test("behavior: a listener that throws stops nothing", async () => {
    const emulator = createEmulator();
    emulator.events.subscribe(() => {
      throw new Error("mine");
    });
    await client(emulator).pair();
    expect((await client(emulator).sign(firstEvm)).status).toBe(200);
  });

  test("behavior: keeps the last thousand", () => {
    const emulator = createEmulator();
    for (let times = 0; times < 2_500; times += 1) emulator.clock.advance(1);
    expect(emulator.events.since(0)).toHaveLength(1_000);
  });
});
