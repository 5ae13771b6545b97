/** The appliance on its own: it does not take octane's word for what it signs. */
import { describe, expect, test } from "vitest";
import { digest, encode, firstEvm, secondEvm } from "../../test/client.js";
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
  sp: { name: "Ada's", public_key: "" },
  sp_user_ref: "ada",
  address: firstEvm,
  algo: "secp256k1",
  payload: encode(digest),
};
const { signal } = new AbortController();

function appliance(decide: Decide = async () => "approve") {
  const pairs = createPairs(createIdentity(systemRandom));
  const bindings: Binding[] = [
    { chain: "ethereum", wallet_index: 0, address: firstEvm, access: "sign" },
    { chain: "polygon", wallet_index: 0, address: firstEvm, access: "read" },
  ];
  pairs.add("p", bindings, "123456");
  const signing = createSigning(createKeyStore(defaultMnemonic, 2), pairs, decide);
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
