import { expect, test } from "vitest";
import { noJournal } from "../journal/noJournal.js";
import { openRows } from "../journal/rows.js";
import { createIdentity } from "./identity.js";
import { createPairs, type PairRow } from "./pairs.js";

const sp = { id: "sp", name: "Prime", public_key: "" };
const wallet = { chain: "base", wallet_index: 0, address: `0x${"ab".repeat(20)}` } as const;
const message = (pair_id: string) => ({
  request_id: "request",
  pair_id,
  sp,
  sp_user_ref: "ada",
  address: wallet.address,
  algo: "secp256k1" as const,
  payload: "",
});

test("behavior: of what is revoked the longest ago is forgotten, once octane has heard of it; nothing is signed for it", () => {
  let octaneKnows = false;
  const pairs = createPairs({
    applianceId: "appliance",
    identity: createIdentity(new Uint8Array(32)),
    maxWrongCodes: () => 3,
    rows: openRows<PairRow>(noJournal, "appliance_pairs", ["sp", "bindings"]),
    octaneKnows: () => octaneKnows,
    mostRevoked: 2,
  });
  const ids = () => pairs.all().map(({ pair_id }) => pair_id);
  for (const pair_id of ["a", "b", "c", "d", "active"]) {
    pairs.add({ pair_id, sp, sp_user_ref: "ada", bindings: [{ ...wallet, access: "sign" }], code: "123456" });
    pairs.validate({ pair_id, code: "123456" });
  }
  for (const id of ["b", "a", "c"]) pairs.revoke(id);
  expect(ids()).toEqual(["a", "b", "c", "d", "active"]);
  octaneKnows = true;
  pairs.revoke("d");
  expect(ids()).toEqual(["c", "d", "active"]);
  for (const id of ["a", "b", "c", "d"]) {
    expect(pairs.refusal(message(id))).toEqual({ kind: "revoked" });
    expect(pairs.validate({ pair_id: id, code: "123456" })).toEqual({ kind: "revoked" });
  }
  expect(pairs.refusal(message("active"))).toBeUndefined();
});
