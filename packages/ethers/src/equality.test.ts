import { figure, rounds } from "@sigil/testing/promises";
import { forms } from "@sigil/testing/secp256k1Device";
import { toSigilAccount } from "@sigil/viem";
import {
  hashAuthorization,
  recoverAddress,
  Signature,
  Transaction,
  type TransactionRequest,
  type TypedDataDomain,
  TypedDataEncoder,
  verifyMessage,
  verifyTypedData,
} from "ethers";
import fc from "fast-check";
import { parseTransaction } from "viem";
import { afterAll, describe, expect, test } from "vitest";
import { address, clientOf, oracle } from "../test/appliance.js";
import { authorization, message, settle, transactions, typedData } from "../test/arbitraries.js";
import { buildTransaction } from "./buildTransaction.js";
import { SigilSigner } from "./SigilSigner.js";

/** The device answers in each of its forms in turn: 64 bytes, or v of 0, 1, 27, 28 or nonsense, s low or high. */
const signer = fc.constantFrom(
  ...forms.map((form) => new SigilSigner({ client: clientOf(form).client, address })),
);
/** The adapter for viem, which shares no code with ethers: both have to make the same bytes of the same input. */
const account = fc.constantFrom(
  ...forms.map((form) => toSigilAccount({ client: clientOf(form).client, address })),
);

const half = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const signed = { cases: 0, byOthers: 0, highS: 0, asViem: 0, kinds: new Set<string>() };

/** Recovered by ethers itself, beside the comparison with its own Wallet. */
function count(kind: string, signature: Signature | null, recovered: string | null): void {
  signed.cases++;
  signed.kinds.add(kind);
  if (recovered !== address) signed.byOthers++;
  if (BigInt(signature?.s ?? 0) > half) signed.highS++;
}

afterAll(() => {
  if (signed.cases === 0) return;
  const { cases, kinds, byOthers, highS, asViem } = signed;
  figure(
    "R21",
    `ethers, ${cases} signatures of ${kinds.size} kinds: ${byOthers} by another address, ${highS} with a high s; ` +
      `${asViem} equal viem's`,
  );
});

const runs = { numRuns: Math.max(100, rounds(1000)) };
const time = 300_000;

describe("R21: random requests give what Wallet gives, byte for byte, and what viem gives", () => {
  test("signMessage", { timeout: time }, async () => {
    const property = fc.asyncProperty(signer, account, message, async (ours, viems, each) => {
      const signature = await ours.signMessage(each);
      expect(signature).toBe(await oracle.signMessage(each));
      // Hexadecimal is text for ethers; viem tells it from text by its form.
      const raw = typeof each === "string" ? new TextEncoder().encode(each) : each;
      expect(await viems.signMessage({ message: { raw } })).toBe(signature);
      signed.asViem++;
      count("message", Signature.from(signature), verifyMessage(each, signature));
    });
    await fc.assert(property, runs);
  });

  test("signTypedData", { timeout: time }, async () => {
    const property = fc.asyncProperty(signer, account, typedData, async (ours, viems, each) => {
      const { domain, types, message } = each;
      const signature = await ours.signTypedData(domain, types, message);
      expect(signature).toBe(await oracle.signTypedData(domain, types, message));
      const withDomain = { ...each, types: { ...types, EIP712Domain: domainType(domain) } } as typeof each;
      expect(await viems.signTypedData(withDomain)).toBe(signature);
      signed.asViem++;
      const recovered = verifyTypedData(domain, types, message, signature);
      count("typed data", Signature.from(signature), recovered);
    });
    await fc.assert(property, runs);
  });

  test("authorize", { timeout: time }, async () => {
    const property = fc.asyncProperty(signer, account, authorization, async (ours, viems, each) => {
      const result = await ours.authorize(each);
      expect(result).toEqual(await oracle.authorize(each));
      const { nonce, chainId, signature } = result;
      if (isExact(nonce) && isExact(chainId)) {
        const { r, s, yParity } = await viems.signAuthorization({
          address: each.address as `0x${string}`,
          chainId: Number(chainId),
          nonce: Number(nonce),
        });
        expect({ r, s, yParity }).toEqual({ r: signature.r, s: signature.s, yParity: signature.yParity });
        signed.asViem++;
      }
      count("authorization", signature, recoverAddress(hashAuthorization(result), signature));
    });
    await fc.assert(property, runs);
  });

  test.each(Object.entries(transactions))(
    "signTransaction: %s",
    { timeout: time },
    async (type, arbitrary) => {
      const property = fc.asyncProperty(signer, account, arbitrary, async (ours, viems, fields) => {
        const request: TransactionRequest = await settle(fields);
        const serialized = await ours.signTransaction(request);
        expect(serialized).toBe(await oracle.signTransaction(request));
        const theirs = await forViem(request);
        if (theirs !== undefined) {
          expect(await viems.signTransaction(theirs)).toBe(serialized);
          signed.asViem++;
        }
        const { from, signature } = Transaction.from(serialized);
        count(type, signature, from);
      });
      await fc.assert(property, runs);
    },
  );

  test("of 1,000 cases each, none is by another address, or has a high s", () => {
    expect(signed).toMatchObject({ cases: 8 * runs.numRuns, byOthers: 0, highS: 0 });
    expect(signed.kinds.size).toBe(8);
    // Types 1 and 2, messages and typed data always can be compared, most others too.
    expect(signed.asViem).toBeGreaterThanOrEqual(4 * runs.numRuns);
  });
});

/** viem holds nonces and chains in numbers, which cannot say all that ethers' bigints can. */
const isExact = (value: bigint): boolean => value <= BigInt(Number.MAX_SAFE_INTEGER);

/** Said outright, since viem by itself leaves out an empty version, and ethers doesn't. */
const domainType = (domain: TypedDataDomain): { name: string; type: string }[] =>
  TypedDataEncoder.getPayload(domain, { A: [{ name: "a", type: "bool" }] }, { a: true }).types.EIP712Domain;

/** What viem reads from ethers' unsigned bytes; `undefined` where it has no room for them. */
async function forViem(request: TransactionRequest) {
  // The bytes to be signed of a blob transaction leave out the blobs, which the signed ones have.
  if (request.type === 3) return undefined;
  const { authorizationList, chainId, type, unsignedSerialized } = await buildTransaction(request, oracle);
  // viem reads no typed transaction without a chain.
  if (chainId === 0n && type !== 0) return undefined;
  const exact = (authorizationList ?? []).every(({ nonce, chainId }) => isExact(nonce) && isExact(chainId));
  return exact ? parseTransaction(unsignedSerialized as `0x${string}`) : undefined;
}
