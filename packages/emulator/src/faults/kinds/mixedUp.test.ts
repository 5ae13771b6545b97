import { describe, expect, test } from "vitest";
import { digest, firstEvm, secondEvm } from "../../../test/client.js";
import { start, ways } from "../../../test/overBoth.js";

describe.each(ways)("over %s", (way) => {
  test("parameters: stale", async () => {
    const { emulator, sp } = await start(way);
    await sp.pair();
    const first = await sp.sign(firstEvm);
    const second = await sp.sign(secondEvm);
    emulator.faults.add({ route: "sign", calls: 1, fault: { kind: "stale" } });
    emulator.faults.add({ route: "sign", calls: 1, fault: { kind: "stale", back: 2, handled: true } });
    expect((await sp.sign(firstEvm)).body).toEqual(second.body);
    expect(emulator.appliance.prompts("sign")).toBe(2);
    expect((await sp.sign(firstEvm)).body).toEqual(first.body);
    expect(emulator.appliance.prompts("sign")).toBe(3);
  });

  test("behavior: without an earlier answer it says so", async () => {
    const { emulator, sp } = await start(way);
    await sp.pair();
    emulator.faults.add({ route: "sign", fault: { kind: "stale" } });
    const { status, body } = await sp.sign(firstEvm);
    expect(status).toBe(500);
    expect(body.error.message).toBe(
      "The fault has no answer 1 back on this route: make a call before it, or set after.",
    );
  });

  test("behavior: a stale stream gives an earlier stream's frame", async () => {
    const { emulator, sp } = await start(way);
    const pairId = await sp.pair();
    const { body } = await sp.session();
    emulator.faults.add({ route: "awaitPairResult", fault: { kind: "stale" } });
    expect(await sp.result(body.session_id)).toMatchObject({ kind: "pair_completed", pair_id: pairId });
  });

  test("parameters: duplicate", async () => {
    const { emulator, sp } = await start(way);
    const { id } = await sp.open();
    emulator.faults.add({ route: "*", after: 1, fault: { kind: "duplicate" } });
    await sp.session();
    const response = await sp.raw("GET", `/sp/pair/sessions/${id}/result`);
    expect((await response.text()).match(/^event: pair_completed$/gm)).toHaveLength(2);
    const again = [await sp.session(), await sp.session()].map(({ body }) => body.session_id);
    expect(again[0]).toBe(again[1]);
  });

  test("parameters: swap", async () => {
    const { emulator, sp } = await start(way);
    const pair_id = await sp.pair();
    const other = new Uint8Array(32).fill(9);
    const own = [await sp.sign(firstEvm, digest, { pair_id }), await sp.sign(firstEvm, other, { pair_id })];
    emulator.faults.add({ route: "sign", fault: { kind: "swap", waitMs: 5_000 } });
    const both = await Promise.all([
      sp.sign(firstEvm, digest, { pair_id }),
      sp.sign(firstEvm, other, { pair_id }),
    ]);
    const signatures = (answers: typeof both) => answers.map(({ body }) => body.device_signature);
    expect(signatures(both)).toEqual(signatures(own as typeof both).toReversed());
  });

  test("behavior: who has nobody to swap with gets its own", async () => {
    const { emulator, sp } = await start(way);
    await sp.pair();
    emulator.faults.add({ route: "sign", fault: { kind: "swap", waitMs: 5 } });
    expect((await sp.sign(firstEvm)).status).toBe(200);
    expect((await sp.sign(firstEvm)).status).toBe(200);
  });
});
