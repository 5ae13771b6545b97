import { describe, expect, test } from "vitest";
import { address, clientOf } from "../test/appliance.js";
import { toSigilAccounts } from "./toSigilAccounts.js";

const other = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const entry = { chain: "ethereum", wallet_index: 0, address, read: true, sign: true };
const entries = [
  { ...entry, chain: "solana", address: "oeYf6KAJkLYhBuR8CiGc6L4D4Xtfepr85fuDgA9kq96" },
  { ...entry, chain: "base", address: other },
  { ...entry, sign: false },
  entry,
];

describe("toSigilAccounts", () => {
  test("default: one for each EVM entry that may sign, in order, bound to its chain", async () => {
    const { client, asked } = clientOf();
    const accounts = toSigilAccounts({ client, entries, pairId: "p-1" });
    expect(accounts.map((account) => account.address)).toEqual([other, address]);
    await accounts[1]?.signMessage({ message: "hello" });
    expect(asked).toMatchObject([{ pairId: "p-1", chain: "ethereum", address }]);
  });

  test("behavior: a chain that octane adds tomorrow works", () => {
    const entries = [{ ...entry, chain: "new_chain" }];
    expect(toSigilAccounts({ client: clientOf().client, entries })).toHaveLength(1);
  });

  test("behavior: a misspelt option is refused, any other field is no matter", () => {
    const { client } = clientOf();
    const wrong = { client, entries, requireFreshnes: true };
    expect(() => toSigilAccounts(wrong)).toThrow(/requireFreshnes: is no option; requireFreshness is one/);
    const larger = { client, entries, user: "ada" };
    expect(toSigilAccounts(larger)).toHaveLength(2);
  });

  test("behavior: no entries, no accounts; entries that are none are refused", () => {
    const { client } = clientOf();
    expect(toSigilAccounts({ client, entries: [] })).toEqual([]);
    expect(() => toSigilAccounts({ client, entries: { entries } as never })).toThrow(/getEnabledWallets/);
  });
});
