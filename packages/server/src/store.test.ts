import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStorage, type Storage } from "unstorage";
import fsDriver from "unstorage/drivers/fs";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { eventIn, page } from "../test/page.js";
import { setup } from "../test/setup.js";
import { createSigilProxy, type ProxyStore } from "./index.js";

const stores: readonly (readonly [name: string, open: () => Storage])[] = [
  ["memory", () => createStorage()],
  [
    "files",
    () => {
      const base = mkdtempSync(join(tmpdir(), "sigil-store-"));
      onTestFinished(() => rmSync(base, { recursive: true }));
      return createStorage({ driver: fsDriver({ base }) });
    },
  ],
];

describe.each(stores)("unstorage in %s", (_, open) => {
  test("default: what one server minted, another one completes and a third one tells", async () => {
    const { emulator, proxy, config, paired } = setup({ store: open() });
    const [second, third] = [createSigilProxy(config), createSigilProxy(config)];
    const { session_id, pair_uri, validation_code } = await page(proxy.fetch, "ada").mint();
    await emulator.appliance.open(pair_uri, { code: validation_code });
    const told = await page(second.fetch, "ada").result(session_id);
    expect(eventIn(told)).toMatchObject({ kind: "pair_completed" });
    expect(await page(third.fetch, "ada").result(session_id)).toBe(told);
    expect((await page(third.fetch, "bob").get(`/sp/pair/sessions/${session_id}/result`)).status).toBe(404);
    expect(paired).toHaveLength(1);
  });

  test("behavior: two servers that wait at once run onPaired once, and tell the same", async () => {
    const { emulator, proxy, config, paired, calls } = setup({ store: open() });
    const pages = [proxy, createSigilProxy(config)].map(({ fetch }) => page(fetch, "ada"));
    const { session_id, pair_uri, validation_code } = await pages[0]!.mint();
    const told = Promise.all(pages.map((each) => each.result(session_id)));
    await expect.poll(() => calls.length).toBe(3);
    await emulator.appliance.open(pair_uri, { code: validation_code });
    const [one, two] = await told;
    expect(eventIn(one!)).toMatchObject({ kind: "pair_completed" });
    expect(two).toBe(one);
    expect(paired).toHaveLength(1);
  });

  test("behavior: cancelled at one server while another one waits, it is not validated", async () => {
    const { emulator, proxy, config, paired, calls } = setup({ store: open() });
    const [here, there] = [page(proxy.fetch, "ada"), page(createSigilProxy(config).fetch, "ada")];
    const { session_id, pair_uri, validation_code } = await here.mint();
    const waiting = here.result(session_id);
    await expect.poll(() => calls.length).toBe(2);
    await there.post(`/sp/pair/sessions/${session_id}/cancel`);
    await emulator.appliance.open(pair_uri, { code: validation_code });
    expect(eventIn(await waiting)).toMatchObject({ kind: "pair_rejected", reason: "cancelled" });
    expect(emulator.appliance.pairs()).toMatchObject([{ state: "revoked" }]);
    expect(paired).toEqual([]);
  });
});

/** A storage each of whose calls takes so long. */
function slowStore(ms: number): ProxyStore {
  const storage = createStorage();
  const passed = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  return {
    getItem: (key) => passed().then(() => storage.getItem(key)),
    setItem: (key, value, options) => passed().then(() => storage.setItem(key, value, options)),
  };
}

test("behavior: with a slow store sessions are completed and cancelled, only later", async () => {
  const { emulator, proxy, paired, errors } = setup({ store: slowStore(70) });
  const ada = page(proxy.fetch, "ada");
  const { session_id, pair_uri, validation_code } = await ada.mint();
  await emulator.appliance.open(pair_uri, { code: validation_code });
  expect(eventIn(await ada.result(session_id))).toMatchObject({ kind: "pair_completed" });
  const other = await ada.mint();
  const answer = await ada.post(`/sp/pair/sessions/${other.session_id}/cancel`);
  expect(await answer.json()).toMatchObject({ state: "rejected" });
  expect([paired.length, errors]).toEqual([1, []]);
});

test("behavior: a store that is too slow to be shared is told to onError by its name, and nothing hangs", async () => {
  const { emulator, proxy, errors } = setup({ store: slowStore(510) });
  const ada = page(proxy.fetch, "ada");
  const [approved, other] = await Promise.all([ada.mint(), ada.mint()]);
  await emulator.appliance.open(approved.pair_uri, { code: approved.validation_code });
  const [told, answer] = await Promise.all([
    ada.result(approved.session_id),
    ada.post(`/sp/pair/sessions/${other.session_id}/cancel`),
  ]);
  expect(eventIn(told)).toBeUndefined();
  expect(answer.status).toBe(500);
  const named = expect.objectContaining({ message: expect.stringMatching(/^store: .+ took \d+ ms/) });
  expect(errors).toEqual([named, named]);
});

test("behavior: a store gets a time to live, and no session id in its keys", async () => {
  const storage = createStorage();
  const setItem = vi.spyOn(storage, "setItem");
  const { proxy } = setup({ store: storage });
  const { session_id } = await page(proxy.fetch, "ada").mint();
  expect(setItem).toHaveBeenCalledExactlyOnceWith(expect.any(String), expect.any(Object), { ttl: 1200 });
  const [key] = await storage.getKeys();
  expect(key).toMatch(/^sigil:session:[0-9a-f]{64}$/);
  expect(key).not.toContain(session_id);
});

test("behavior: a store that fails is told to onError, and to the page by a code only", async () => {
  const getItem = async (): Promise<never> => {
    throw new Error("redis://user:secret@host is away");
  };
  const { proxy, errors } = setup({ store: { getItem, setItem: async () => {} } });
  const answer = await page(proxy.fetch, "ada").get("/sp/pair/sessions/x");
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain("secret");
  expect(errors).toHaveLength(1);
});
