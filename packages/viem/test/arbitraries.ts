import fc from "fast-check";
import {
  type Address,
  type AuthorizationRequest,
  getAddress,
  type Hex,
  type TransactionSerializable,
  toHex,
} from "viem";
import { oracle } from "./appliance.js";

const hexOf = (minLength: number, maxLength = minLength): fc.Arbitrary<Hex> =>
  fc.uint8Array({ minLength, maxLength }).map((bytes) => toHex(bytes));

export const hash: fc.Arbitrary<Hex> = hexOf(32);

const anyAddress: fc.Arbitrary<Address> = hexOf(20).map((hex) => getAddress(hex));

/** Text, or bytes in either of viem's two ways. */
export const message = fc.oneof(
  fc.string({ unit: "grapheme" }),
  hexOf(0, 80),
  hexOf(0, 80).map((raw) => ({ raw })),
  fc.uint8Array({ maxLength: 80 }).map((raw) => ({ raw })),
);

const uint = (bits: bigint): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: 2n ** bits - 1n });
const chainId = fc.integer({ min: 1, max: 2 ** 31 });
const nonce = fc.integer({ min: 0, max: 2 ** 40 });

export const authorization = fc.oneof(
  fc.record({ address: anyAddress, chainId: fc.integer({ min: 0, max: 2 ** 31 }), nonce }),
  fc.record({ contractAddress: anyAddress, chainId, nonce }),
);

const accessList = fc.array(
  fc.record({ address: anyAddress, storageKeys: fc.array(hash, { maxLength: 3 }) }),
  {
    maxLength: 3,
  },
);

const common = {
  to: fc.option(anyAddress, { nil: undefined }),
  value: uint(96n),
  data: hexOf(0, 100),
  gas: uint(40n),
  nonce,
};

/** The priority fee may not exceed the maximum. */
const fees = fc
  .tuple(uint(60n), uint(60n))
  .map(([a, b]) => ({ maxFeePerGas: a > b ? a : b, maxPriorityFeePerGas: a > b ? b : a }));

const typed = (type: string, fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
  fc.record({ ...common, type: fc.constantFrom(type, undefined), chainId, ...fields });

/** Signed by viem itself when the transaction is settled. */
const authorizations = fc.array(authorization, { minLength: 1, maxLength: 2 });

const legacy = fc.record({
  ...common,
  type: fc.constantFrom("legacy", undefined),
  chainId: fc.option(chainId, { nil: undefined }),
  gasPrice: uint(60n),
});

const eip2930 = fc.record({
  ...common,
  type: fc.constant("eip2930"),
  chainId,
  gasPrice: uint(60n),
  accessList,
});

const withFees = (transaction: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.tuple(transaction, fees).map(([fields, fee]) => ({ ...fields, ...fee }));

const eip1559 = withFees(typed("eip1559", { accessList }));

const eip4844 = withFees(
  fc.record({
    ...common,
    to: anyAddress,
    type: fc.constant("eip4844"),
    chainId,
    maxFeePerBlobGas: uint(60n),
    blobVersionedHashes: fc.array(
      hexOf(31).map((tail): Hex => `0x01${tail.slice(2)}`),
      { minLength: 1, maxLength: 3 },
    ),
    sidecars: fc.constantFrom(undefined, [
      {
        blob: "0x01" as Hex,
        commitment: `0x${"02".repeat(48)}` as Hex,
        proof: `0x${"03".repeat(48)}` as Hex,
      },
    ]),
  }),
);

const eip7702 = withFees(typed("eip7702", { accessList, authorizationList: authorizations }));

/** All types that viem serializes. Pass each through {@link settle}. */
export const transactions = { legacy, eip2930, eip1559, eip4844, eip7702 } as const;

/** Signs the authorizations of a list, which takes time that an arbitrary doesn't have. */
export async function settle(transaction: object): Promise<TransactionSerializable> {
  const { authorizationList } = transaction as { authorizationList?: AuthorizationRequest[] };
  if (authorizationList === undefined) return transaction as TransactionSerializable;
  const signed = await Promise.all(authorizationList.map((each) => oracle.signAuthorization(each)));
  return { ...transaction, authorizationList: signed } as unknown as TransactionSerializable;
}

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
} as const;

const person = fc.record({
  name: fc.string({ unit: "grapheme" }),
  wallets: fc.array(anyAddress, { maxLength: 3 }),
});

/** Nested structs, arrays, dynamic and fixed types, any part of the domain. */
export const typedData = fc
  .tuple(
    domain,
    fc.record({
      from: person,
      to: fc.array(person, { maxLength: 3 }),
      contents: hexOf(0, 70),
      tag: hash,
      amount: uint(256n),
      delta: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      urgent: fc.boolean(),
    }),
  )
  .map(([domain, message]) => ({ domain, types, primaryType: "Mail", message }) as const);
