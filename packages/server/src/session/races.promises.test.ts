import { figure, rounds } from "@sigil/testing/promises";
import { seededRandom } from "@sigil/testing/seededRandom";
import { createStorage } from "unstorage";
import { expect, test } from "vitest";
import { eventIn, page } from "../../test/page.js";
import { type Setup, setup } from "../../test/setup.js";
import { createSigilProxy, type ProxyStore, type SigilProxy } from "../index.js";

const seed = Number(process.env.SIGIL_R53_SEED ?? Date.now() % 2 ** 32);
const random = seededRandom(seed);
const upTo = (most: number): number => Math.floor(random() * (most + 1));

/** So many turns of the event loop later. */
async function later(turns: number): Promise<void> {
  for (let i = 0; i < turns; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Whose answers come after any number of turns, as those over a network do. */
function slowStore(): ProxyStore {
  const storage = createStorage();
  return {
    getItem: async (key) => {
      await later(upTo(3));
      const found: unknown = await storage.getItem(key);
      await later(upTo(3));
      return found;
    },
    setItem: async (key, value, options) => {
      await later(upTo(3));
      await storage.setItem(key, value, options);
      await later(upTo(3));
    },
  };
}

/** What everybody was told of one session in which its user cancels while the owner approves. */
async function race({ emulator, paired }: Setup, servers: readonly SigilProxy[], user: string) {
  const pages = servers.map(({ fetch }) => page(fetch, user));
  const any = (): (typeof pages)[number] => pages[upTo(pages.length - 1)]!;
  const { session_id, pair_uri, validation_code } = await any().mint();
  const [approved, ...rest] = [12, 12, 12, 24].map(upTo) as [number, number, number, number];
  const waits = rest.map(async (turns) => {
    await later(turns);
    return String(eventIn(await any().result(session_id))?.kind);
  });
  const cancelled = later(upTo(24)).then(async () => {
    const answer = await any().post(`/sp/pair/sessions/${session_id}/cancel`);
    return `pair_${((await answer.json()) as { state: string }).state}`;
  });
  await later(approved);
  await emulator.appliance.open(pair_uri, { code: validation_code });
  const told = await Promise.all([...waits, cancelled]);
  told.push(...(await Promise.all(pages.map(async (each) => `pair_${await each.state(session_id)}`))));
  return {
    told: [...new Set(told)],
    handedOver: paired.filter(({ sessionId }) => sessionId === session_id).length,
    active: emulator.appliance.pairs().some((pair) => pair.sp_user_ref === user && pair.state === "active"),
  };
}

const completed = { told: ["pair_completed"], handedOver: 1, active: true };
const cancelled = { told: ["pair_rejected"], handedOver: 0, active: false };

test.each([
  ["one server", 2_000, (): readonly [Setup, number] => [setup(), 1]],
  ["two servers with one store", 300, (): readonly [Setup, number] => [setup({ store: slowStore() }), 2]],
])(
  "R53: cancelled while it is approved, at %s, a session has one end, told to all",
  { timeout: 1_800_000 },
  async (name, full, make) => {
    const [first, count] = make();
    const servers = [first.proxy, ...Array.from({ length: count - 1 }, () => createSigilProxy(first.config))];
    const asked = rounds(full);
    const ends: string[] = [];
    for (let i = 0; i < asked; i += 50) {
      const users = Array.from({ length: Math.min(50, asked - i) }, (_, j) => `user${i + j}`);
      const batch = await Promise.all(users.map((user) => race(first, servers, user)));
      for (const each of batch) {
        expect([completed, cancelled], `SIGIL_R53_SEED=${seed}`).toContainEqual(each);
        ends.push(...each.told);
      }
    }
    expect(first.errors).toEqual([]);
    const howMany = (end: string): number => ends.filter((each) => each === end).length;
    // Neither order was left out.
    expect(new Set(ends)).toEqual(new Set(["pair_completed", "pair_rejected"]));
    figure(
      "R53",
      `${name}: ${howMany("pair_rejected")} cancelled in time, ${howMany("pair_completed")} too late; seed ${seed}`,
    );
  },
);
