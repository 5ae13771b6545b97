import { describe, expect, test } from "vitest";
import { client, everything, firstEvm, until } from "../../../test/client.js";
import { legacyMessage } from "../../../test/solanaMessages.js";
import { createEmulator, type Emulator, type Rule } from "../../index.js";

async function paired(options: Parameters<typeof createEmulator>[0] = {}) {
  const emulator = createEmulator(options);
  const sp = client(emulator);
  await sp.pair();
  const solana = emulator.appliance.wallets().find(({ chain }) => chain === "solana")?.address ?? "";
  return { emulator, sp, solana };
}

/** A rule that bounds the amount by whatever this is. */
const amount = (bounds: unknown) => ({ when: { amount: bounds }, then: "approve" });

const waiting = (emulator: Emulator) => until(async () => (await emulator.appliance.requests())[0]);

describe("rules", () => {
  test("default: the first that fits decides, before the approval", async () => {
    const { emulator, sp } = await paired();
    const rejecting = emulator.rules.add({ when: { chain: "polygon" }, then: { reject: "not there" } });
    emulator.rules.add({ when: { kind: "sign" }, then: "approve" });
    expect((await sp.sign(firstEvm, undefined, { chain: "polygon" })).body.error.message).toContain(
      "not there",
    );
    expect((await sp.sign(firstEvm, undefined, { chain: "ethereum" })).status).toBe(200);
    expect(rejecting.hits()).toBe(1);
    rejecting.remove();
    expect((await sp.sign(firstEvm, undefined, { chain: "polygon" })).status).toBe(200);
    expect(emulator.rules.list()).toEqual([{ when: { kind: "sign" }, then: "approve" }]);
    expect(emulator.appliance.prompts("sign")).toBe(3);
  });

  test("parameters: is, amount", async () => {
    const { emulator, sp, solana } = await paired();
    const bounds = { atLeast: "1500000007", atMost: "1500000007" };
    emulator.rules.add({ when: { is: "transaction", amount: bounds }, then: { reject: "too much" } });
    emulator.rules.add({ when: { amount: { atMost: "1500000006" } }, then: { reject: "little" } });
    expect((await sp.sign(solana, legacyMessage)).body.error.message).toContain("too much");
    expect((await sp.sign(solana, new TextEncoder().encode("hello"))).status).toBe(200);
    expect((await sp.sign(firstEvm)).status).toBe(200);
  });

  test("parameters: appliance, sp, address", async () => {
    const { emulator, sp } = await paired();
    const reject = { reject: "no" };
    for (const when of [
      { appliance: "another" },
      { sp: "another" },
      { address: firstEvm.replace("f3", "00") },
    ]) {
      emulator.rules.add({ when, then: reject });
    }
    expect((await sp.sign(firstEvm)).status).toBe(200);
    const { id, name } = emulator.appliance;
    for (const when of [
      { appliance: id },
      { appliance: name },
      { sp: emulator.sp.id },
      { sp: "Test service provider" },
      { address: firstEvm.toLowerCase() },
    ]) {
      const { remove } = emulator.rules.add({ when, then: reject });
      expect((await sp.sign(firstEvm)).status).toBe(403);
      remove();
    }
  });

  test("behavior: a delay goes by the clock, and the owner may be quicker", async () => {
    const { emulator, sp } = await paired();
    emulator.rules.add({ when: { kind: "sign" }, then: { delayMs: 60_000, then: { reject: "at last" } } });
    const slow = sp.sign(firstEvm);
    const request = await waiting(emulator);
    expect(request.decoded).toEqual({ kind: "digest", hex: "07".repeat(32) });
    emulator.clock.advance(60_000);
    expect((await slow).body.error.message).toContain("at last");
    const quick = sp.sign(firstEvm);
    await (await waiting(emulator)).approve();
    expect((await quick).status).toBe(200);
  });

  test("behavior: what is ignored waits until the user's time is up", async () => {
    const { emulator, sp } = await paired();
    emulator.rules.add({ then: "ignore" });
    const answer = sp.sign(firstEvm);
    await waiting(emulator);
    emulator.clock.advance(280_000);
    expect((await answer).body.error.code).toBe("user_timeout");
  });

  test("behavior: pairings, too, at once or later", async () => {
    const emulator = createEmulator();
    const sp = client(emulator);
    emulator.rules.add({ when: { kind: "pair", chain: "solana" }, then: { reject: "no Solana" } });
    const { id } = await sp.open();
    expect(await sp.result(id)).toMatchObject({ kind: "pair_rejected", reason: "no Solana" });
    emulator.rules.clear();
    emulator.rules.add({ when: { kind: "pair" }, then: { delayMs: 1_000, then: "approve" } });
    const later = await sp.open();
    expect(emulator.appliance.cards()).toHaveLength(1);
    emulator.clock.advance(1_000);
    expect((await sp.result(later.id)).bindings).toHaveLength(everything.length * 2);
  });

  test.each<[unknown, string]>([
    [{ then: "maybe" }, "then"],
    [{ then: { delayMs: -1, then: "approve" } }, "delayMs"],
    [{ when: { chains: "base" }, then: "approve" }, 'when has no field "chains": use kind, appliance'],
    [null, "A rule must be an object: { when, then }"],
    [{ whne: { chain: "base" }, then: "approve" }, 'A rule has no field "whne": use when, then'],
    [{ when: null, then: "approve" }, "when must be an object"],
    [{ when: [], then: "approve" }, "when must be an object"],
    [{ then: { reject: "no", delayMs: 5 } }, 'then has no field "delayMs": use reject'],
    [{ then: { delayMs: 5, then: { reject: "no", when: 1 } } }, 'then.then has no field "when"'],
    [{ then: { delayMs: 5, then: "approve", else: "ignore" } }, 'then has no field "else"'],
    [amount({ atmost: "5" }), 'when.amount has no field "atmost": use atLeast, atMost, unit'],
    [amount({ atLeast: "1", max: "5" }), 'when.amount has no field "max"'],
    [amount("5"), "when.amount must be an object"],
    [amount(["5"]), "when.amount must be an object"],
    [amount(null), "when.amount must be an object"],
    [amount({}), "when.amount must have atLeast, atMost or both"],
    [amount({ atMost: undefined }), "when.amount must have atLeast, atMost or both"],
    [amount({ atLeast: "10", atMost: "9" }), "atLeast must not be above when.amount.atMost"],
    [{ when: { chain: "dogecoin" }, then: "approve" }, "when.chain"],
    [{ when: { kind: "both" }, then: "approve" }, "when.kind"],
    [{ when: { is: "swap" }, then: "approve" }, "when.is"],
    [{ when: { amount: { atLeast: "1.5" } }, then: "approve" }, "atLeast"],
    [{ when: { amount: { atLeast: "1", unit: "wei" } }, then: "approve" }, "unit"],
  ])("behavior: refuses %j", (rule, named) => {
    expect(() => createEmulator().rules.add(rule as Rule)).toThrow(named);
  });
});
