import { forms } from "@sigil/testing/secp256k1Device";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { address, clientOf, oracle } from "../test/appliance.js";
import { authorization, hash, message, settle, transactions, typedData } from "../test/arbitraries.js";
import { toSigilAccount } from "./toSigilAccount.js";

/** The device answers in each of its forms in turn. */
const accounts = forms.map((form) => toSigilAccount({ client: clientOf(form).client, address }));
const account = fc.constantFrom(...accounts);

const runs = { numRuns: 1000 };
const time = 120_000;

describe("1,000 random inputs give what privateKeyToAccount gives, byte for byte", () => {
  test("sign", { timeout: time }, async () => {
    const property = fc.asyncProperty(account, hash, async (ours, each) => {
      expect(await ours.sign({ hash: each })).toBe(await oracle.sign({ hash: each }));
    });
    await fc.assert(property, runs);
  });

  test("signMessage", { timeout: time }, async () => {
    const property = fc.asyncProperty(account, message, async (ours, each) => {
      expect(await ours.signMessage({ message: each })).toBe(await oracle.signMessage({ message: each }));
    });
    await fc.assert(property, runs);
  });

  test("signTypedData", { timeout: time }, async () => {
    const property = fc.asyncProperty(account, typedData, async (ours, each) => {
      expect(await ours.signTypedData(each)).toBe(await oracle.signTypedData(each));
    });
    await fc.assert(property, runs);
  });

  test("signAuthorization", { timeout: time }, async () => {
    const property = fc.asyncProperty(account, authorization, async (ours, each) => {
      expect(await ours.signAuthorization(each)).toEqual(await oracle.signAuthorization(each));
    });
    await fc.assert(property, runs);
  });

  // 200 of each of the five types.
  test.each(Object.entries(transactions))("signTransaction: %s", { timeout: time }, async (_, arbitrary) => {
    const property = fc.asyncProperty(account, arbitrary, async (ours, fields) => {
      const transaction = await settle(fields);
      expect(await ours.signTransaction(transaction)).toBe(await oracle.signTransaction(transaction));
    });
    await fc.assert(property, { numRuns: 200 });
  });
});
