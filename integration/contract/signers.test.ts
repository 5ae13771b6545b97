import { note } from "@sigil/testing/note";
import { describeSignerContract } from "@sigil/testing/signerContract";
import { expect, test } from "vitest";
import { ethersSigner } from "./ethersSigner.js";
import { kitSigner } from "./kitSigner.js";
import { viemAccount } from "./viemAccount.js";
import { web3jsWallet } from "./web3jsWallet.js";

const tallies = {
  [viemAccount.name]: describeSignerContract(viemAccount),
  [ethersSigner.name]: describeSignerContract(ethersSigner),
  [kitSigner.name]: describeSignerContract(kitSigner),
  [web3jsWallet.name]: describeSignerContract(web3jsWallet),
};

test("behavior: over all signers, not one lie was returned", () => {
  for (const [name, { tried }] of Object.entries(tallies)) {
    expect(tried, name).toBeGreaterThanOrEqual(100);
  }
  const told = Object.entries(tallies).map(([name, { tried }]) => `${name} ${tried}`);
  const all = Object.values(tallies);
  const tried = all.reduce((sum, tally) => sum + tally.tried, 0);
  const returned = all.flatMap((tally) => tally.returned);
  note(`signer contract: ${tried} lies told (${told.join(", ")}), ${returned.length} returned`);
  expect(returned).toEqual([]);
});
