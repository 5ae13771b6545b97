import { createEmulator, type Emulator } from "@sigil/emulator";
import { listen } from "@sigil/emulator/node";
import { notRun } from "@sigil/testing/notRun";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { eventIn, page } from "../test/page.js";
import { hasRedis, howToGetRedis, type RunningRedis, startRedis } from "../test/process/startRedis.js";
import { type ServerProcess, startServer } from "../test/process/startServer.js";

type Servers = { readonly emulator: Emulator; readonly one: ServerProcess; readonly two: ServerProcess };

const describeRedis = (): void => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  /** Two processes, both before the same octane. */
  async function start({ slow = false } = {}): Promise<Servers> {
    const emulator = createEmulator();
    const octane = await listen(emulator, { port: 0 });
    onTestFinished(octane.close);
    const options = { octaneUrl: octane.url, apiKey: emulator.sp.apiKey, redisUrl: redis.url };
    const [one, two] = await Promise.all([startServer({ ...options, slow }), startServer(options)]);
    return { emulator, one, two };
  }
  const waits = ({ traffic }: Emulator): number =>
    traffic.list().filter(({ url }) => url.endsWith("/result")).length;

  test("default: a session minted at one is waited for at the other, and told by both, to its user only", async () => {
    const { emulator, one, two } = await start();
    const [here, there] = [page(one.fetch, "ada"), page(two.fetch, "ada")];
    const { session_id, pair_uri, validation_code } = await here.mint();
    const waiting = there.result(session_id);
    await expect.poll(() => waits(emulator)).toBe(1);
    await emulator.appliance.open(pair_uri, { code: validation_code });
    const told = await waiting;
    expect(eventIn(told)).toMatchObject({ kind: "pair_completed", session_id, sp_user_ref: "ada" });
    expect(await here.result(session_id)).toBe(told);
    expect(await there.state(session_id)).toBe("completed");
    const bob = await page(two.fetch, "bob").get(`/sp/pair/sessions/${session_id}/result`);
    expect(bob.status).toBe(404);
    await expect.poll(() => [one.paired.length, two.paired.length]).toEqual([0, 1]);
    expect([...one.errors, ...two.errors]).toEqual([]);
  });

  test("behavior: what is kept goes by itself, under names that tell nothing", async () => {
    const { one } = await start();
    const { session_id } = await page(one.fetch, "ada").mint();
    const keys = await redis.client.keys("*");
    expect(keys.join()).not.toContain(session_id);
    for (const key of keys) expect(await redis.client.ttl(key)).toBeGreaterThan(0);
  });

  test("behavior: waited for at both at once, onPaired runs once for each session, and both tell the same", async () => {
    const { emulator, one, two } = await start();
    const sessions = await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        const [here, there] = [page(one.fetch, `user${i}`), page(two.fetch, `user${i}`)];
        const minted = await here.mint();
        const told = Promise.all([here.result(minted.session_id), there.result(minted.session_id)]);
        return { ...minted, told };
      }),
    );
    await expect.poll(() => waits(emulator)).toBe(60);
    for (const { pair_uri, validation_code: code } of sessions)
      await emulator.appliance.open(pair_uri, { code });
    for (const { session_id, told } of sessions) {
      const [here, there] = await told;
      expect(eventIn(here)).toMatchObject({ kind: "pair_completed", session_id });
      expect(there).toBe(here);
    }
    // What a process says to its parent may come after what it answers.
    await expect.poll(() => one.paired.length + two.paired.length).toBe(sessions.length);
    const handedOver = [...one.paired, ...two.paired].map(({ sessionId }) => sessionId);
    expect(handedOver.toSorted()).toEqual(sessions.map(({ session_id }) => session_id).toSorted());
    expect([...one.errors, ...two.errors]).toEqual([]);
  });

  test("behavior: one is killed while it waits, and the other one goes on", async () => {
    const { emulator, one, two } = await start();
    const { session_id, pair_uri, validation_code } = await page(one.fetch, "ada").mint();
    const cut = page(one.fetch, "ada")
      .result(session_id)
      .catch(() => "cut");
    await expect.poll(() => waits(emulator)).toBe(1);
    await one.kill();
    expect(await cut).toBe("cut");
    await emulator.appliance.open(pair_uri, { code: validation_code });
    const told = await page(two.fetch, "ada").result(session_id);
    expect(eventIn(told)).toMatchObject({ kind: "pair_completed" });
    await expect.poll(() => two.paired).toMatchObject([{ userId: "ada", sessionId: session_id }]);
  });

  test("behavior: one is killed in its onPaired, and the other one hands the same pair over", async () => {
    const { emulator, one, two } = await start({ slow: true });
    const { session_id, pair_uri, validation_code } = await page(one.fetch, "ada").mint();
    await emulator.appliance.open(pair_uri, { code: validation_code });
    void page(one.fetch, "ada")
      .result(session_id)
      .catch(() => {});
    await expect.poll(() => one.paired.length).toBe(1);
    const waiting = page(two.fetch, "ada").result(session_id);
    await expect.poll(() => waits(emulator)).toBe(2);
    await one.kill();
    expect(eventIn(await waiting)).toMatchObject({ kind: "pair_completed" });
    await expect.poll(() => two.paired).toEqual(one.paired);
  });

  test("behavior: one is killed in its onPaired, and cancelled at the other one the pair is revoked", async () => {
    const { emulator, one, two } = await start({ slow: true });
    const { session_id, pair_uri, validation_code } = await page(one.fetch, "ada").mint();
    await emulator.appliance.open(pair_uri, { code: validation_code });
    void page(one.fetch, "ada")
      .result(session_id)
      .catch(() => {});
    await expect.poll(() => one.paired.length).toBe(1);
    await one.kill();
    expect(emulator.appliance.pairs()).toMatchObject([{ state: "active" }]);
    const answer = await page(two.fetch, "ada").post(`/sp/pair/sessions/${session_id}/cancel`);
    expect(await answer.json()).toMatchObject({ state: "rejected" });
    expect(emulator.appliance.pairs()).toMatchObject([{ state: "revoked" }]);
    expect(two.paired).toEqual([]);
  });
};

if (hasRedis()) describe("servers that share a Redis", describeRedis);
else notRun("servers that share a Redis", howToGetRedis);
