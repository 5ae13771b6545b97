import { expect, test } from "vitest";
import { createMemoryJournal } from "../../../test/memoryJournal.js";
import { createPairings, type Pairing } from "./pairings.js";

const address = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const pairing = (pair_id: string): Pairing => ({
  pair_id,
  sp_id: "sp",
  appliance_id: "appliance",
  sp_user_ref: "ada",
  bindings: [{ chain: "base", wallet_index: 0, address, access: "sign" }],
  state: "active",
});

test("behavior: the longest revoked are forgotten, those in use never, and none becomes active again", async () => {
  const journal = createMemoryJournal();
  const pairings = createPairings(journal, 2);
  for (const id of ["a", "b", "c", "d", "active"]) pairings.add(pairing(id));
  for (const [at, id] of ["c", "a", "d"].entries()) expect(pairings.revoke(id, at)).toBe(true);
  expect(pairings.find("sp", "c")).toBeUndefined();
  expect(pairings.activate("c")).toBe(false);
  expect(pairings.revoke("c", 9)).toBe(false);
  const left = [
    ["a", "revoked"],
    ["b", "active"],
    ["d", "revoked"],
    ["active", "active"],
  ];
  const seen = (rows: readonly Pairing[]) => rows.map(({ pair_id, state }) => [pair_id, state]);
  expect(seen(pairings.holding("sp", address))).toEqual(left);
  expect(seen(pairings.ofSp("sp"))).toEqual(left);
  await journal.safe();
  // Another store of the same rows goes on with the one revoked the longest ago.
  const later = createPairings(createMemoryJournal(journal.stored()), 2);
  expect(seen(later.ofSp("sp"))).toEqual(left);
  later.revoke("b", 3);
  expect(seen(later.ofSp("sp"))).toEqual([
    ["b", "revoked"],
    ["d", "revoked"],
    ["active", "active"],
  ]);
});
