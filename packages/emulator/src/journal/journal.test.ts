import { describe, expect, test } from "vitest";
import { client, digest, firstEvm } from "../../test/client.js";
import { createMemoryJournal, type Storage } from "../../test/memoryJournal.js";
import { createEmulator, type Emulator } from "../index.js";

const keyed = (key: string): RequestInit => ({ headers: { "idempotency-key": key } });

/** An emulator of what is in storage. */
const revived = (storage: Storage): Emulator => createEmulator({ journal: createMemoryJournal(storage) });

/** What was acknowledged so far, as checks of an emulator that was made anew. */
type Acknowledged = { readonly what: string; readonly holds: (emulator: Emulator) => unknown }[];

/** Does a bit of everything, and notes what has been acknowledged as soon as it has. */
async function life(
  emulator: Emulator,
  note: (what: string, holds: (emulator: Emulator) => unknown) => void,
) {
  const sp = client(emulator);
  const { body: session } = await sp.session();
  note(
    "session",
    async (later) =>
      (await client(later).open()) &&
      (await later.appliance.open(session.pair_uri).catch(({ code }) => code)) !== "session_not_found",
  );
  const [one, two] = [await sp.pair(), await sp.pair()];
  for (const id of [one, two]) {
    note("pairing", async (later) => (await client(later).get(`/sp/pairings/${id}/wallets`)).status !== 404);
  }
  note("validated", (later) =>
    later.appliance.pairs().some(({ pair_id, state }) => pair_id === two && state !== "pending"),
  );
  const signed = await sp.sign(firstEvm, digest, { pair_id: one }, keyed("first"));
  note("idempotent answer", async (later) => {
    const again = await client(later).sign(firstEvm, digest, { pair_id: one }, keyed("first"));
    return (
      JSON.stringify(again.body) === JSON.stringify(signed.body) && later.appliance.prompts("sign") === 0
    );
  });
  await sp.validate(two, "000000");
  await sp.del(`/sp/pairings/${one}`);
  note(
    "revocation by octane",
    async (later) => (await client(later).sign(firstEvm, digest, { pair_id: one })).status === 403,
  );
  note("revocation, at the appliance", (later) =>
    later.appliance.pairs().some(({ pair_id, state }) => pair_id === one && state === "revoked"),
  );
  const { apiKey } = emulator.sps.addApiKey(emulator.sp.id);
  emulator.policy.set({ maxWrongCodes: 7, rateLimit: { requests: 1_000_000, perMs: 1_000 } });
  emulator.rules.add({ when: { kind: "sign" }, then: "approve" });
  const second = emulator.addAppliance({ name: "second" });
  const imported = second.importKey({ chain: "base", privateKey: "22".repeat(32) });
  second.setOnline(false);
  await emulator.settled();
  note("API key", async (later) => (await client(later, { ...later.sp, apiKey }).session()).status === 201);
  note(
    "policy",
    (later) => later.policy.get().maxWrongCodes === 7 && later.policy.get().rateLimit?.perMs === 1_000,
  );
  note("rules", (later) => later.rules.list()[0]?.then === "approve");
  note(
    "second appliance",
    (later) => later.appliances()[1]?.name === "second" && !later.appliances()[1]?.online(),
  );
  note("imported key", (later) =>
    later
      .appliances()[1]
      ?.wallets()
      .some(({ address }) => address === imported.address),
  );
  await emulator.appliance.revoke(two);
  note(
    "revocation by the owner",
    async (later) => (await client(later).get(`/sp/pairings/${two}/wallets`)).status === 403,
  );
}

describe("journal", () => {
  test("default: another emulator of the same rows is the same", async () => {
    const journal = createMemoryJournal();
    const emulator = createEmulator({ journal });
    await emulator.settled();
    const sp = client(emulator);
    const pairId = await sp.pair();
    const later = revived(journal.stored());
    expect(later.sp).toEqual(emulator.sp);
    expect(later.appliance.id).toBe(emulator.appliance.id);
    expect(later.appliance.wallets()).toEqual(emulator.appliance.wallets());
    expect(later.appliance.pairs()).toEqual(emulator.appliance.pairs());
    expect(later.sps.list()).toEqual(emulator.sps.list());
    const { status, body } = await client(later).validate(pairId);
    expect(status).toBe(200);
    expect(body).toEqual((await sp.validate(pairId)).body);
    expect((await client(later).sign(firstEvm)).status).toBe(200);
  });

  test("behavior: stopped after any write, what was acknowledged is there", async () => {
    const journal = createMemoryJournal();
    const emulator = createEmulator({ journal });
    const acknowledged: Acknowledged = [];
    const moments: { readonly storage: Storage; readonly known: number }[] = [];
    await emulator.settled();
    const stopHere = (): void => void moments.push({ storage: journal.stored(), known: acknowledged.length });
    // After each write, and as soon as something has been acknowledged, whether or not a write follows.
    journal.onCommit = stopHere;
    await life(emulator, (what, holds) => {
      acknowledged.push({ what, holds });
      stopHere();
    });
    expect(moments.length).toBeGreaterThan(10);
    for (const [moment, { storage, known }] of moments.entries()) {
      for (const { what, holds } of acknowledged.slice(0, known)) {
        expect(await holds(revived(storage)), `${what} at moment ${moment}`).toBe(true);
      }
    }
  });

  test("behavior: an answer that cannot be stored does not leave", async () => {
    const journal = createMemoryJournal();
    const emulator = createEmulator({ journal });
    const sp = client(emulator);
    await sp.pair();
    journal.stop();
    const { status, body } = await sp.sign(firstEvm, digest, {}, keyed("lost"));
    expect([status, body.error.code]).toEqual([500, "internal_error"]);
    expect(JSON.stringify(body)).not.toContain("device_signature");
  });

  test("behavior: a signature and its answer are one write; killed before, the call is asked anew", async () => {
    const journal = createMemoryJournal();
    const emulator = createEmulator({ journal });
    const sp = client(emulator);
    await sp.pair();
    const before = journal.stored();
    const commits = journal.commits();
    const first = await sp.sign(firstEvm, digest, {}, keyed("one"));
    expect(journal.commits()).toBe(commits + 1);
    const kept = revived(journal.stored());
    expect((await client(kept).sign(firstEvm, digest, {}, keyed("one"))).body).toEqual(first.body);
    const lost = revived(before);
    expect((await client(lost).sign(firstEvm, digest, {}, keyed("one"))).status).toBe(200);
    expect([kept.appliance.prompts("sign"), lost.appliance.prompts("sign")]).toEqual([0, 1]);
  });

  test("behavior: no API key but the first provider's own is in the rows", async () => {
    const journal = createMemoryJournal();
    const emulator = createEmulator({ journal });
    const other = emulator.addSp();
    const { apiKey } = emulator.sps.addApiKey(emulator.sp.id);
    await emulator.settled();
    const rows = JSON.stringify([...journal.stored()].map(([table, each]) => [table, [...each]]));
    expect(rows).toContain(emulator.sp.id);
    for (const secret of [other.apiKey, other.privateKeySeed, apiKey]) expect(rows).not.toContain(secret);
  });

  test("behavior: reset leaves the rows of a new emulator, with the same keys", async () => {
    const journal = createMemoryJournal();
    const emulator = createEmulator({ journal });
    await emulator.settled();
    const count = () =>
      [...journal.stored()].map(([table, rows]) => [table, rows.size]).filter(([, size]) => size !== 0);
    const fresh = count();
    await life(emulator, () => {});
    emulator.reset();
    await emulator.settled();
    expect(count()).toEqual(fresh);
    expect((await client(revived(journal.stored()), emulator.sp).session()).status).toBe(201);
  });

  test("behavior: an appliance that reset has forgotten is not brought back by who still has it", async () => {
    const journal = createMemoryJournal();
    const emulator = createEmulator({ journal });
    const second = emulator.addAppliance({ name: "second" });
    emulator.reset();
    second.importKey({ chain: "base", privateKey: "22".repeat(32) });
    second.setOnline(true);
    await emulator.settled();
    expect(second.online()).toBe(false);
    expect([...(journal.stored().get("appliances") ?? [])].map(([id]) => id)).toEqual([
      emulator.appliance.id,
    ]);
  });
});
