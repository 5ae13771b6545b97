import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Claim } from "../store/SessionRecord.js";
import type { Claims, Sessions } from "../store/sessions.js";
import { claim } from "./claim.js";

/** How long each of a server's calls to the store takes, in turn and then from the beginning again. */
type Latencies = { readonly reads: readonly number[]; readonly writes: readonly number[] };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const passed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One value, and each server's way to it: what is read is as old, and what is written comes as late, as can be. */
function register(): (latencies: Latencies) => Sessions {
  let kept: Claim | undefined;
  return ({ reads, writes }) => {
    let [read, written] = [0, 0];
    const claims: Claims = {
      find: async () => {
        const found = kept;
        await passed(reads[read++ % reads.length]!);
        return found;
      },
      save: async (_, value) => {
        await passed(writes[written++ % writes.length]!);
        kept = value;
      },
    };
    return { claims } as Sessions;
  };
}

/** How a call ended, and when, on a clock that runs by itself; "never" after two minutes of it. */
async function endOf(call: Promise<unknown>): Promise<{ readonly how: string; readonly ms: number }> {
  const begun = performance.now();
  let how = "never";
  void call.then(
    () => (how = "done"),
    (error: Error) => (how = error.message),
  );
  while (how === "never" && performance.now() - begun < 120_000) await vi.advanceTimersByTimeAsync(20);
  return { how, ms: performance.now() - begun };
}

const notOver = async (): Promise<boolean> => false;

describe("claim", () => {
  test.each([
    [0, 300],
    [30, 400],
    [70, 500],
    [99, 600],
    [150, 4_000],
    [499, 6_000],
  ])("default: with a store that takes %i ms for each call it is there within %i ms", async (each, most) => {
    const sessions = register()({ reads: [each], writes: [each] });
    const { how, ms } = await endOf(claim(sessions, "a session", notOver));
    expect(how).toBe("done");
    expect(ms).toBeLessThan(most);
  });

  test("behavior: one slow write costs seconds, and not the lease of one who has died", async () => {
    const sessions = register()({ reads: [1], writes: [150, 250, 1] });
    expect((await endOf(claim(sessions, "a session", notOver))).ms).toBeLessThan(1_000);
    const late = register()({ reads: [1], writes: [250, 1] });
    expect((await endOf(claim(late, "a session", notOver))).ms).toBeLessThan(5_000);
  });

  test.each([500, 3_000])(
    "behavior: a store that takes %i ms for each call is named as too slow",
    async (ms) => {
      const sessions = register()({ reads: [ms], writes: [ms] });
      const { how } = await endOf(claim(sessions, "a session", notOver));
      expect(how).toMatch(/^store: reading and writing took \d+ ms\. /);
    },
  );

  test("behavior: of servers at any distances from the store no two hold it at once, and each comes to its turn", async () => {
    const ms = fc.oneof(fc.integer({ max: 100, min: 0 }), fc.integer({ max: 480, min: 0 }));
    const list = fc.array(ms, { minLength: 1, maxLength: 3 });
    const start = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 600 }));
    // Some for longer than a claim lasts that is not kept fresh.
    const holds = fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.constant(12_000));
    const server = fc.record({ reads: list, writes: list, start, holds });
    await fc.assert(
      fc.asyncProperty(fc.array(server, { minLength: 2, maxLength: 4 }), async (servers) => {
        const openAt = register();
        let [holding, most] = [0, 0];
        const turns = servers.map(async ({ start, holds, ...latencies }) => {
          await passed(start);
          const release = await claim(openAt(latencies), "a session", notOver);
          holding += 1;
          most = Math.max(most, holding);
          await passed(holds);
          holding -= 1;
          await release();
        });
        const { how } = await endOf(Promise.all(turns));
        expect([how, most]).toEqual(["done", 1]);
      }),
      { numRuns: 150 },
    );
  });
});
