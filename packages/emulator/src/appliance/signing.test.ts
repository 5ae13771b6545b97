/** The appliance on its own: it does not take octane's word for what it signs. */
import { describe, expect, test } from "vitest";
import { digest, encode, firstEvm, secondEvm } from "../../test/client.js";
import { createClock } from "../clock/clock.js";
import { noJournal } from "../journal/noJournal.js";
import { openRows } from "../journal/rows.js";
import type { Binding, SignMessage } from "../link/messages.js";
import { systemRandom } from "../random.js";
import type { Decide } from "./approval.js";
import { defaultMnemonic } from "./derive.js";
import { createIdentity } from "./identity.js";
import { createKeyStore } from "./keyStore.js";
import { createPairs } from "./pairs.js";
import { createSigning } from "./signing.js";

const message: SignMessage = {
  request_id: "r",
  pair_id: "p",
  sp: { id: "s", name: "Ada's", public_key: "" },
  sp_user_ref: "ada",
  address: firstEvm,
  algo: "secp256k1",
  payload: encode(digest),
};
const { signal } = new AbortController();

function appliance(decide: Decide = async () => "approve") {
  const pairs = createPairs({
    applianceId: "a",
    identity: createIdentity(systemRandom(32)),
    maxWrongCodes: () => 3,
    octaneKnows: () => true,
    rows: openRows(noJournal, "appliance_pairs"),
  });
  const bindings: Binding[] = [
    { chain: "ethereum", wallet_index: 0, address: firstEvm, access: "sign" },
    { chain: "polygon", wallet_index: 0, address: firstEvm, access: "read" },
  ];
  pairs.add({ pair_id: "p", sp: message.sp, sp_user_ref: "ada", bindings, code: "123456" });
  const signing = createSigning({
    keys: createKeyStore(defaultMnemonic, 2),
    pairs,
    decide,
    clock: createClock({ now: Date.now }),
  });
  const activate = () => pairs.validate({ pair_id: "p", code: "123456" });
  return { pairs, signing, activate };
}

describe("the appliance", () => {
  test("default", async () => {
    const { signing, activate } = appliance();
    activate();
    expect(await signing.sign(message, signal)).toMatchObject({ kind: "signed" });
  });

  test.each([
    ["another address", { address: secondEvm }],
    ["a chain it may only read", { chain: "polygon" as const }],
    ["another algorithm", { algo: "ed25519" as const }],
  ])("behavior: signs nothing for %s", async (_, more) => {
    const { signing, activate } = appliance();
    activate();
    expect(await signing.sign({ ...message, ...more }, signal)).toEqual({ kind: "out_of_scope" });
  });

  test("behavior: signs nothing before the code, nor for a pairing it does not know", async () => {
    const { signing } = appliance();
    expect(await signing.sign(message, signal)).toEqual({ kind: "out_of_scope" });
    expect(await signing.sign({ ...message, pair_id: "q" }, signal)).toEqual({ kind: "revoked" });
  });

  test("behavior: looks again after its owner has decided", async () => {
    const { pairs, signing, activate } = appliance(async () => {
      pairs.revoke("p");
      return "approve";
    });
    activate();
    expect(await signing.sign(message, signal)).toEqual({ kind: "revoked" });
  });
});
