import fc from "fast-check";
import { type Address, getAddress, type Hex, toHex } from "viem";

// What both EVM hosts take in the same form. Each adds its own transactions.

export const hexOf = (minLength: number, maxLength = minLength): fc.Arbitrary<Hex> =>
  fc.uint8Array({ minLength, maxLength }).map((bytes) => toHex(bytes));

export const hash: fc.Arbitrary<Hex> = hexOf(32);

export const anyAddress: fc.Arbitrary<Address> = hexOf(20).map((hex) => getAddress(hex));

export const uint = (bits: bigint): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: 2n ** bits - 1n });
export const chainId: fc.Arbitrary<number> = fc.integer({ min: 1, max: 2 ** 31 });
export const nonce: fc.Arbitrary<number> = fc.integer({ min: 0, max: 2 ** 40 });

export const accessList = fc.array(
  fc.record({ address: anyAddress, storageKeys: fc.array(hash, { maxLength: 3 }) }),
  { maxLength: 3 },
);

/** The priority fee may not exceed the maximum. */
export const withFees = (transaction: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.tuple(transaction, uint(60n), uint(60n)).map(([fields, a, b]) => ({
    ...fields,
    maxFeePerGas: a > b ? a : b,
    maxPriorityFeePerGas: a > b ? b : a,
  }));

export const blobVersionedHashes = fc.array(
  hexOf(31).map((tail): Hex => `0x01${tail.slice(2)}`),
  { minLength: 1, maxLength: 3 },
);

const domain = fc.record(
  {
    name: fc.string(),
    version: fc.string(),
    chainId: fc.integer({ min: 0, max: 2 ** 31 }),
    verifyingContract: anyAddress,
    salt: hash,
  },
  { requiredKeys: [] },
);

const types = {
  Person: [
    { name: "name", type: "string" },
    { name: "wallets", type: "address[]" },
  ],
  Mail: [
    { name: "from", type: "Person" },
    { name: "to", type: "Person[]" },
    { name: "contents", type: "bytes" },
    { name: "tag", type: "bytes32" },
    { name: "amount", type: "uint256" },
    { name: "delta", type: "int64" },
    { name: "urgent", type: "bool" },
  ],
};

const person = fc.record({
  name: fc.string({ unit: "grapheme" }),
  wallets: fc.array(anyAddress, { maxLength: 3 }),
});

/** Nested structs, arrays, dynamic and fixed types, any part of the domain. */
export const typedData = fc.record({
  domain,
  types: fc.constant(types),
  primaryType: fc.constant("Mail" as const),
  message: fc.record({
    from: person,
    to: fc.array(person, { maxLength: 3 }),
    contents: hexOf(0, 70),
    tag: hash,
    amount: uint(256n),
    delta: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    urgent: fc.boolean(),
  }),
});
