import { describe, expect, test } from "vitest";
import { client } from "../../test/client.js";
import { createEmulator, type FaultRule } from "../index.js";

const at = (status: number) => ({ kind: "status", status }) as const;

/** What six calls get. */
async function six(...rules: Omit<FaultRule, "route">[]): Promise<number[]> {
  const emulator = createEmulator();
  for (const rule of rules) emulator.faults.add({ route: "createPairSession", ...rule });
  const statuses: number[] = [];
  for (let call = 0; call < 6; call += 1) statuses.push((await client(emulator).session()).status);
  return statuses;
}

describe("which calls", () => {
  test("default: all", async () => {
    expect(await six({ fault: at(500) })).toEqual([500, 500, 500, 500, 500, 500]);
  });

  test("parameters: calls, after", async () => {
    expect(await six({ calls: 2, fault: at(500) })).toEqual([500, 500, 201, 201, 201, 201]);
    expect(await six({ calls: 2, after: 1, fault: at(500) })).toEqual([201, 500, 500, 201, 201, 201]);
    expect(await six({ calls: [1, 4], fault: at(500) })).toEqual([500, 201, 201, 500, 201, 201]);
    expect(await six({ calls: [1, 3], after: 2, fault: at(500) })).toEqual([201, 201, 500, 201, 500, 201]);
    const even = (call: number) => call % 2 === 0;
    expect(await six({ calls: even, fault: at(500) })).toEqual([201, 500, 201, 500, 201, 500]);
  });

  test("behavior: the first that fits strikes; when it is used up, the next", async () => {
    const rules = [
      { calls: 2, fault: at(500) },
      { calls: 1, fault: at(502) },
    ];
    expect(await six(...rules)).toEqual([500, 500, 502, 201, 201, 201]);
    expect(await six({ calls: [2, 5], fault: at(429) }, ...rules)).toEqual([500, 429, 500, 502, 429, 201]);
  });

  test("behavior: a path with percent-encoding is the same route, as it is for octane", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    emulator.faults.add({ route: "createPairSession", calls: 1, fault: at(502) });
    const path = "/sp/pair/s%65ssions";
    expect([(await sp.post(path, {})).status, (await sp.post(path, {})).status]).toEqual([502, 400]);
    expect(emulator.faults.calls("createPairSession")).toBe(2);
  });

  test("behavior: calls are numbered from when the rule was added", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    await sp.session();
    const added = emulator.faults.add({ route: "createPairSession", calls: [2], fault: at(500) });
    expect([(await sp.session()).status, (await sp.session()).status]).toEqual([201, 500]);
    expect(added.hits()).toBe(1);
    expect(emulator.faults.calls("createPairSession")).toBe(3);
  });

  test("behavior: remove and clear leave a straight octane", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const first = emulator.faults.add({ route: "*", fault: at(500) });
    emulator.faults.add({ route: "*", fault: at(502) });
    expect((await sp.session()).status).toBe(500);
    first.remove();
    first.remove();
    expect((await sp.session()).status).toBe(502);
    emulator.faults.clear();
    expect((await sp.session()).status).toBe(201);
  });

  test("behavior: a rule keeps its own copy of the fault", async () => {
    const emulator = createEmulator();
    const fault = { kind: "status" as const, status: 500 };
    emulator.faults.add({ route: "*", fault });
    fault.status = 502;
    expect((await client(emulator).session()).status).toBe(500);
  });
});

describe("which route", () => {
  test("parameters: each by its name, the others stay straight; * takes unknown paths too", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const id = await sp.pair();
    const { body } = await sp.session();
    emulator.faults.clear();
    const calls = {
      createPairSession: () => sp.raw("POST", "/sp/pair/sessions"),
      awaitPairResult: () => sp.raw("GET", `/sp/pair/sessions/${body.session_id}/result`),
      validateSpKey: () => sp.raw("POST", "/sp/pair/validate"),
      getEnabledWallets: () => sp.raw("GET", `/sp/pairings/${id}/wallets?a=/b`),
      subscribeToEvents: () => sp.raw("GET", `/sp/pairings/${id}/events`),
      revokePairing: () => sp.raw("DELETE", `/sp/pairings/${encodeURIComponent("a/b")}`),
      sign: () => sp.raw("POST", "/sp/sign"),
    };
    for (const route of Object.keys(calls) as (keyof typeof calls)[]) {
      const { remove } = emulator.faults.add({ route, fault: at(599) });
      const hit: string[] = [];
      for (const [name, call] of Object.entries(calls)) {
        const response = await call();
        if (response.status === 599) hit.push(name);
        await response.body?.cancel();
      }
      expect(hit).toEqual([route]);
      remove();
    }
    emulator.faults.add({ route: "*", fault: at(599) });
    const before = emulator.faults.calls("*");
    expect((await sp.raw("GET", "/elsewhere")).status).toBe(599);
    expect(emulator.faults.calls("*")).toBe(before + 1);
  });
});
