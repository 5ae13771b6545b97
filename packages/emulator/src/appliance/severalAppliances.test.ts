import { describe, expect, test } from "vitest";
import { client, firstEvm, until } from "../../test/client.js";
import { createEmulator, type Emulator } from "../index.js";

const scope = { requested_scopes: [{ chain: "ethereum", access: "sign" }] };

/** Pairs that appliance with the emulator's service provider. */
async function pairWith(emulator: Emulator, appliance: Emulator["appliance"]): Promise<string> {
  const sp = client({ fetch: emulator.fetch, sp: emulator.sp, appliance });
  return sp.pair(scope);
}

describe("addAppliance", () => {
  test("default: another identity, name and wallets, the same in each emulator", () => {
    const emulator = createEmulator();
    const second = emulator.addAppliance();
    const third = emulator.addAppliance({ name: "Ada's phone", walletsPerChain: 1 });
    expect(emulator.appliances().map(({ name }) => name)).toEqual([
      "Appliance 1",
      "Appliance 2",
      "Ada's phone",
    ]);
    expect(new Set(emulator.appliances().map(({ id }) => id)).size).toBe(3);
    const all = emulator.appliances().flatMap((each) => each.wallets().map(({ address }) => address));
    expect(new Set(all).size).toBe(4 + 4 + 2);
    expect(createEmulator().addAppliance().wallets()).toEqual(second.wallets());
    expect(third.wallets()).toHaveLength(8);
    expect(() => emulator.addAppliance({ walletsPerChain: 0 })).toThrow("walletsPerChain");
    expect(emulator.appliances()).toHaveLength(3);
  });

  test("behavior: a pairing signs with its own appliance, and not for another's addresses", async () => {
    const emulator = createEmulator();
    const second = emulator.addAppliance();
    await pairWith(emulator, emulator.appliance);
    const pair_id = await pairWith(emulator, second);
    const sp = client(emulator);
    const address = second.wallets()[0]?.address ?? "";
    expect((await sp.sign(address)).status).toBe(200);
    expect([emulator.appliance.prompts("sign"), second.prompts("sign")]).toEqual([0, 1]);
    expect((await sp.sign(firstEvm, undefined, { pair_id })).status).toBe(404);
    expect(second.pairs()).toMatchObject([{ pair_id, state: "active", sp: { id: emulator.sp.id } }]);
  });

  test("behavior: one key on two appliances needs a pair_id", async () => {
    const emulator = createEmulator();
    const second = emulator.addAppliance({
      mnemonic: "test test test test test test test test test test test junk",
    });
    await pairWith(emulator, emulator.appliance);
    const pair_id = await pairWith(emulator, second);
    const sp = client(emulator);
    expect((await sp.sign(firstEvm)).body.error.code).toBe("pair_id_required");
    expect((await sp.sign(firstEvm, undefined, { pair_id })).status).toBe(200);
    expect(second.prompts("sign")).toBe(1);
  });
});

describe("setOnline", () => {
  test("default: offline is 503, and online as before", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const pairId = await sp.pair();
    emulator.appliance.setOnline(false);
    const answers = [await sp.sign(firstEvm), await sp.validate(pairId)];
    expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual([
      [503, "appliance_offline"],
      [503, "appliance_offline"],
    ]);
    expect(emulator.appliance.online()).toBe(false);
    const { body } = await sp.session();
    await expect(emulator.appliance.open(body.pair_uri)).rejects.toMatchObject({ code: "appliance_offline" });
    emulator.appliance.setOnline(true);
    expect((await sp.sign(firstEvm)).status).toBe(200);
  });

  test("behavior: what waits for the owner is taken back", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const sp = client(emulator);
    await sp.pair();
    const answer = sp.sign(firstEvm);
    await until(async () => (await emulator.appliance.requests())[0]);
    emulator.appliance.setOnline(false);
    expect((await answer).body.error.code).toBe("appliance_offline");
    await until(async () => (await emulator.appliance.requests()).length === 0);
  });

  test("behavior: once it is back, each side hears what the other revoked", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    const [one, two] = [await sp.pair(), await sp.pair()];
    emulator.appliance.setOnline(false);
    await sp.del(`/sp/pairings/${one}`);
    await emulator.appliance.revoke(two);
    const states = () => emulator.appliance.pairs().map(({ state }) => state);
    expect(states()).toEqual(["active", "revoked"]);
    expect((await sp.get(`/sp/pairings/${two}/wallets`)).status).toBe(200);
    emulator.appliance.setOnline(true);
    expect(states()).toEqual(["revoked", "revoked"]);
    expect((await sp.get(`/sp/pairings/${two}/wallets`)).status).toBe(403);
  });
});

describe("cards", () => {
  test("default", async () => {
    const emulator = createEmulator({ approval: "manual" });
    const { card } = await client(emulator).open();
    const [shown] = emulator.appliance.cards();
    expect(shown?.session_id).toBe(card.session_id);
    await shown?.reject("no");
    expect(emulator.appliance.cards()).toEqual([]);
  });
});
