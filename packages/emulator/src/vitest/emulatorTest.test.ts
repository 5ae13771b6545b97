import { afterAll, afterEach, beforeEach, describe, expect, vi } from "vitest";
import { client } from "../../test/client.js";
import type { Emulator } from "../index.js";
import { emulatorTest, test } from "./index.js";

describe("one emulator for the tests of a worker", () => {
  const seen = new Set<Emulator>();
  let clean = 0;

  /** Leaves a pairing, a rule and a fault behind. */
  const use = async (emulator: Emulator): Promise<void> => {
    const { appliance, rules, faults, traffic } = emulator;
    expect([appliance.pairs(), rules.list(), traffic.list()]).toEqual([[], [], []]);
    await client(emulator).pair();
    rules.add({ then: "ignore" });
    faults.add({ route: "*", fault: { kind: "empty" } });
    seen.add(emulator);
    clean += 1;
  };

  for (const name of ["one test", "another", "a third"]) {
    test(`${name} finds it as it was made`, async ({ emulator }) => use(emulator));
  }

  test.fails("and so it is after one that fails", async ({ emulator }) => {
    await use(emulator);
    throw new Error("as a test does");
  });

  // The last one fails whatever it finds, so what all four found is looked at here.
  afterAll(() => {
    expect([seen.size, clean]).toEqual([1, 4]);
  });
});

describe("the port", () => {
  let left: string;

  test("answers, for the emulator of the test", async ({ emulator, octaneUrl }) => {
    left = octaneUrl;
    expect(new URL(octaneUrl).hostname).toBe("127.0.0.1");
    const headers = { authorization: `Bearer ${emulator.sp.apiKey}` };
    const response = await fetch(`${octaneUrl}/sp/pairs/none/state`, { headers });
    expect(response.status).toBe(404);
    expect(emulator.traffic.list()).toHaveLength(1);
  });

  afterAll(async () => {
    await expect(fetch(left), "closed after the test").rejects.toThrow("fetch failed");
  });
});

describe("a test of a production build", () => {
  beforeEach(() => void vi.stubEnv("NODE_ENV", "production"));
  afterEach(() => void vi.unstubAllEnvs());

  test("has its port, being no production", async ({ octaneUrl }) => {
    expect((await fetch(`${octaneUrl}/sp/none`)).headers.has("x-sigil-emulator")).toBe(true);
  });
});

describe.concurrent("tests that run at the same time", () => {
  const seen = new Set<Emulator>();

  for (const name of ["one", "two", "three"]) {
    test(`have one each: ${name}`, async ({ emulator, expect }) => {
      seen.add(emulator);
      await client(emulator).pair();
      await expect.poll(() => seen.size).toBe(3);
      expect(emulator.appliance.pairs()).toHaveLength(1);
    });
  }
});

describe("options", () => {
  const seeded = emulatorTest({ seed: "twice the same", approval: "manual" });
  const sessions: unknown[] = [];

  for (const time of ["first", "second"]) {
    seeded(`a seed gives each test the same bytes: the ${time}`, async ({ emulator }) => {
      const { body } = await client(emulator).session();
      sessions.push(body);
      expect(sessions[0]).toEqual(body);
    });
  }

  seeded("and who approves: a card that waits can be rejected", async ({ emulator }) => {
    const { card } = await client(emulator).open();
    await card.reject("not today");
  });

  emulatorTest({ walletsPerChain: 0 }).fails("a wrong one fails the test that names it", ({ emulator }) => {
    emulator.reset();
  });
});
