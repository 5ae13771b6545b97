import { figure, rounds } from "@sigil/testing/promises";
import { forms } from "@sigil/testing/secp256k1Device";
import fc from "fast-check";
import {
  type Hex,
  parseSignature,
  recoverAddress,
  recoverMessageAddress,
  recoverTransactionAddress,
  recoverTypedDataAddress,
} from "viem";
import { parseTransaction, recoverAuthorizationAddress } from "viem/utils";
import { afterAll, describe, expect, test } from "vitest";
import { address, clientOf, oracle } from "../test/appliance.js";
import { authorization, hash, message, settle, transactions, typedData } from "../test/arbitraries.js";
import { toSigilAccount } from "./toSigilAccount.js";

/** The device answers in each of its forms in turn: 64 bytes, or v of 0, 1, 27, 28 or nonsense, s low or high. */
const accounts = forms.map((form) => toSigilAccount({ client: clientOf(form).client, address }));
const account = fc.constantFrom(...accounts);

const half = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const signed = { cases: 0, byOthers: 0, highS: 0, kinds: new Set<string>() };

/** Recovered by viem itself, beside the comparison with its own account. */
function count(kind: string, s: Hex | undefined, recovered: string): void {
  signed.cases++;
  signed.kinds.add(kind);
  if (recovered !== address) signed.byOthers++;
  if (BigInt(s ?? 0) > half) signed.highS++;
}

afterAll(() => {
  if (signed.cases === 0) return;
  const { cases, kinds, byOthers, highS } = signed;
  figure(
    "R21",
    `viem, ${cases} signatures of ${kinds.size} kinds: ${byOthers} by another address, ${highS} with a high s`,
  );
});

const runs = { numRuns: Math.max(100, rounds(1000)) };
const time = 300_000;

describe("R21: random inputs give what privateKeyToAccount gives, byte for byte, and recover to the address", () => {
  test("sign", { timeout: time }, async () => {
    const property = fc.asyncProperty(account, hash, async (ours, each) => {
      const signature = await ours.sign({ hash: each });
      expect(signature).toBe(await oracle.sign({ hash: each }));
      count("sign", parseSignature(signature).s, await recoverAddress({ hash: each, signature }));
    });
    await fc.assert(property, runs);
  });

  test("signMessage", { timeout: time }, async () => {
    const property = fc.asyncProperty(account, message, async (ours, each) => {
      const signature = await ours.signMessage({ message: each });
      expect(signature).toBe(await oracle.signMessage({ message: each }));
      const recovered = await recoverMessageAddress({ message: each, signature });
      count("message", parseSignature(signature).s, recovered);
    });
    await fc.assert(property, runs);
  });

  test("signTypedData", { timeout: time }, async () => {
    const property = fc.asyncProperty(account, typedData, async (ours, each) => {
      const signature = await ours.signTypedData(each);
      expect(signature).toBe(await oracle.signTypedData(each));
      const recovered = await recoverTypedDataAddress({ ...each, signature });
      count("typed data", parseSignature(signature).s, recovered);
    });
    await fc.assert(property, runs);
  });

  test("signAuthorization", { timeout: time }, async () => {
    const property = fc.asyncProperty(account, authorization, async (ours, each) => {
      const result = await ours.signAuthorization(each);
      expect(result).toEqual(await oracle.signAuthorization(each));
      count("authorization", result.s, await recoverAuthorizationAddress({ authorization: result }));
    });
    await fc.assert(property, runs);
  });

  test.each(Object.entries(transactions))(
    "signTransaction: %s",
    { timeout: time },
    async (type, arbitrary) => {
      const property = fc.asyncProperty(account, arbitrary, async (ours, fields) => {
        const transaction = await settle(fields);
        const serialized = await ours.signTransaction(transaction);
        expect(serialized).toBe(await oracle.signTransaction(transaction));
        const recovered = await recoverTransactionAddress({ serializedTransaction: serialized as never });
        count(type, parseTransaction(serialized).s, recovered);
      });
      await fc.assert(property, runs);
    },
  );

  test("of 1,000 cases each, none is by another address, or has a high s", () => {
    expect(signed).toMatchObject({ cases: 9 * runs.numRuns, byOthers: 0, highS: 0 });
    expect(signed.kinds.size).toBe(9);
  });
});
