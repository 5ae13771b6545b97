import { forms } from "@sigil/testing/secp256k1Device";
import type { TransactionRequest } from "ethers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { address, clientOf, oracle } from "../test/appliance.js";
import { authorization, message, settle, transactions, typedData } from "../test/arbitraries.js";
import { SigilSigner } from "./SigilSigner.js";

/** The device answers in each of its forms in turn. */
const signer = fc.constantFrom(
  ...forms.map((form) => new SigilSigner({ client: clientOf(form).client, address })),
);

const runs = { numRuns: 1000 };
const time = 120_000;

describe("1,000 random requests give what Wallet gives, byte for byte", () => {
  test("signMessage", { timeout: time }, async () => {
    const property = fc.asyncProperty(signer, message, async (ours, each) => {
      expect(await ours.signMessage(each)).toBe(await oracle.signMessage(each));
    });
    await fc.assert(property, runs);
  });

  test("signTypedData", { timeout: time }, async () => {
    const property = fc.asyncProperty(signer, typedData, async (ours, { domain, types, value }) => {
      expect(await ours.signTypedData(domain, types, value)).toBe(
        await oracle.signTypedData(domain, types, value),
      );
    });
    await fc.assert(property, runs);
  });

  test("authorize", { timeout: time }, async () => {
    const property = fc.asyncProperty(signer, authorization, async (ours, each) => {
      expect(await ours.authorize(each)).toEqual(await oracle.authorize(each));
    });
    await fc.assert(property, runs);
  });

  // 200 of each of the five types.
  test.each(Object.entries(transactions))("signTransaction: %s", { timeout: time }, async (_, arbitrary) => {
    const property = fc.asyncProperty(signer, arbitrary, async (ours, fields) => {
      const request: TransactionRequest = await settle(fields);
      expect(await ours.signTransaction(request)).toBe(await oracle.signTransaction(request));
    });
    await fc.assert(property, { numRuns: 200 });
  });
});
