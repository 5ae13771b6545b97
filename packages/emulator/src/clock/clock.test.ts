import { describe, expect, test } from "vitest";
import { client, firstEvm, until } from "../../test/client.js";
import { createEmulator } from "../index.js";

describe("clock", () => {
  test("default", () => {
    const { clock } = createEmulator({ now: () => 1_000 });
    clock.advance(500);
    expect(clock.now()).toBe(1_500);
    expect(() => clock.advance(-1)).toThrow(RangeError);
  });

  test("behavior: it goes no further than a date can, and works on after a try", async () => {
    const emulator = createEmulator();
    for (const ms of [Number.MAX_SAFE_INTEGER, 8.6e15]) {
      expect(() => emulator.clock.advance(ms)).toThrow(RangeError);
    }
    emulator.clock.advance(20 * 365 * 86_400_000);
    expect((await client(emulator).session()).status).toBe(201);
    emulator.reset();
    expect(emulator.clock.now()).toBeLessThan(Date.now() + 1_000);
  });

  test("behavior: a session expires, and whoever waits for it hears at once", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    const { card, id } = await sp.open();
    const frame = sp.result(id);
    emulator.clock.advance(300_000);
    expect(await frame).toMatchObject({ kind: "pair_expired", completed_at: card.expires_at });
    expect(emulator.appliance.cards()).toEqual([]);
    await expect(card.approve()).rejects.toMatchObject({ code: "session_over" });
  });

  test("behavior: the user's time is up", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    await sp.pair();
    const answer = sp.sign(firstEvm);
    await until(async () => (await emulator.appliance.requests())[0]);
    emulator.clock.advance(279_000);
    expect(await emulator.appliance.requests()).toHaveLength(1);
    emulator.clock.advance(1_000);
    expect((await answer).body.error.code).toBe("user_timeout");
  });

  test("behavior: with a seed it stands until it is moved", async () => {
    const { clock } = createEmulator({ seed: "a" });
    expect(new Date(clock.now()).toISOString()).toBe("2026-01-01T00:00:00.000Z");
  });
});
