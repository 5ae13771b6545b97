import { ed25519 } from "@noble/curves/ed25519.js";
import { describe, expect, test } from "vitest";
import { client, encode, firstEvm } from "../../test/client.js";
import { createMemoryJournal } from "../../test/memoryJournal.js";
import { createEmulator } from "../index.js";

test("behavior: who was removed after the scan is paired no more", async () => {
  const emulator = createEmulator({ approval: "manual" });
  const gone = emulator.addSp();
  const { card } = await client(emulator, gone).open();
  emulator.sps.remove(gone.id);
  await expect(card.approve()).rejects.toMatchObject({ code: "session_not_found" });
  expect(emulator.appliance.pairs()).toEqual([]);
});

describe("sps", () => {
  test("default: lists what is known of each, and no secret", () => {
    const emulator = createEmulator({ allowedReturnOrigins: ["https://you.com"] });
    const { id, apiKey, publicKey } = emulator.sp;
    const listed = emulator.sps.list();
    expect(listed).toMatchObject([
      {
        id,
        role: "service_provider",
        name: "Test service provider",
        allowed_return_origins: ["https://you.com"],
        api_keys: [{ last_four: apiKey.slice(-4) }],
        signing_keys: [{ public_key: publicKey }],
      },
    ]);
    expect(listed[0]?.supported_chains).toHaveLength(8);
    expect(JSON.stringify(listed)).not.toContain(apiKey.slice(-12));
  });

  test("behavior: API keys rotate", async () => {
    const emulator = createEmulator();
    const { id } = emulator.sp;
    const { apiKey } = emulator.sps.addApiKey(id);
    const rotated = client(emulator, { ...emulator.sp, apiKey });
    const [first] = emulator.sps.list()[0]?.api_keys ?? [];
    emulator.sps.removeApiKey(id, first?.id ?? "");
    expect([(await client(emulator).session()).status, (await rotated.session()).status]).toEqual([401, 201]);
    expect(() => emulator.sps.removeApiKey(id, first?.id ?? "")).toThrow("no API key");
  });

  test("behavior: signing keys rotate; any of them may sign", async () => {
    const emulator = createEmulator();
    const { id, publicKey } = emulator.sp;
    const seed = new Uint8Array(32).fill(5);
    const second = { ...emulator.sp, privateKeySeed: encode(seed) };
    await client(emulator).pair();
    const answers = async () =>
      Promise.all(
        [client(emulator), client(emulator, second)].map(async (sp) => (await sp.sign(firstEvm)).status),
      );
    expect(await answers()).toEqual([200, 403]);
    const added = encode(ed25519.getPublicKey(seed));
    emulator.sps.addSigningKey(id, added);
    expect(await answers()).toEqual([200, 200]);
    emulator.sps.removeSigningKey(id, publicKey);
    expect(await answers()).toEqual([403, 200]);
    expect(() => emulator.sps.addSigningKey(id, "short")).toThrow("32 bytes");
    expect(() => emulator.sps.removeSigningKey(id, publicKey)).toThrow("no signing key");
  });

  test("behavior: a row of a signing key that is none does not stop those that are", async () => {
    const journal = createMemoryJournal();
    await createEmulator({ journal }).settled();
    const stored = journal.stored();
    const [[id, key] = ["", {}]] = stored.get("signing_keys") ?? [];
    const spoilt = { ...key, public_key: `${String(key.public_key).slice(0, 42)}_` };
    const rows = new Map([
      [`${id} spoilt`, spoilt],
      [id, key],
    ]);
    const emulator = createEmulator({
      journal: createMemoryJournal(new Map([...stored, ["signing_keys", rows]])),
    });
    await client(emulator).pair();
    expect((await client(emulator).sign(firstEvm)).status).toBe(200);
  });

  test("behavior: what is changed is what the owner sees", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const change = { name: "Ada's", logo: "https://ada.test/a.png", homepage: "https://ada.test" };
    emulator.sps.update(emulator.sp.id, change);
    const { card } = await client(emulator).open();
    expect(card.sp).toMatchObject(change);
    emulator.sps.update(emulator.sp.id, { logo: null });
    expect(emulator.sps.list()[0]).not.toHaveProperty("logo");
    expect(() => emulator.sps.update(emulator.sp.id, { logo: "javascript:alert(1)" })).toThrow("logo");
    expect(() => emulator.sps.update(emulator.sp.id, { name: " " })).toThrow("name");
    expect(() => emulator.sps.update("nobody", {})).toThrow("nobody");
  });

  test("behavior: one that is removed is unknown, and its pairings are revoked", async () => {
    const emulator = createEmulator();
    const other = emulator.sps.add({ name: "Bob's" });
    const sp = client(emulator, other);
    await sp.pair();
    emulator.sps.remove(other.id);
    expect((await sp.sign(firstEvm)).status).toBe(401);
    expect(emulator.appliance.pairs()).toMatchObject([{ state: "revoked" }]);
    expect(emulator.sps.list()).toHaveLength(1);
  });
});
