import { type AuthorizationRequest, getAddress, hexlify, type TransactionRequest } from "ethers";
import fc from "fast-check";
import { oracle } from "./appliance.js";

const hexOf = (minLength: number, maxLength = minLength): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength, maxLength }).map((bytes) => hexlify(bytes));

const anyAddress = hexOf(20).map((hex) => getAddress(hex));

export const message = fc.oneof(
  fc.string({ unit: "grapheme" }),
  hexOf(0, 80),
  fc.uint8Array({ maxLength: 80 }),
);

const uint = (bits: bigint): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: 2n ** bits - 1n });
const chainId = fc.integer({ min: 1, max: 2 ** 31 });
const nonce = fc.integer({ min: 0, max: 2 ** 40 });

export const authorization = fc.record({
  address: anyAddress,
  chainId: fc.oneof(fc.constant(0), chainId, uint(60n)),
  nonce: fc.oneof(fc.constant(0), nonce, uint(60n)),
});

const accessList = fc.array(
  fc.record({ address: anyAddress, storageKeys: fc.array(hexOf(32), { maxLength: 3 }) }),
  { maxLength: 3 },
);

const common = {
  to: fc.option(anyAddress, { nil: null }),
  from: fc.option(fc.constant(oracle.address), { nil: undefined }),
  value: fc.oneof(uint(96n), nonce),
  data: fc.oneof(hexOf(0, 100), fc.constant(null)),
  gasLimit: uint(40n),
  nonce,
};

/** The priority fee may not exceed the maximum. */
const withFees = (transaction: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.tuple(transaction, uint(60n), uint(60n)).map(([fields, a, b]) => ({
    ...fields,
    maxFeePerGas: a > b ? a : b,
    maxPriorityFeePerGas: a > b ? b : a,
  }));

const legacy = fc.record({
  ...common,
  type: fc.constantFrom(0, null),
  chainId: fc.option(chainId, { nil: undefined }),
  gasPrice: uint(60n),
});

const eip2930 = fc.record({ ...common, type: fc.constant(1), chainId, gasPrice: uint(60n), accessList });

const eip1559 = withFees(fc.record({ ...common, type: fc.constantFrom(2, undefined), chainId, accessList }));

const eip4844 = withFees(
  fc.record({
    ...common,
    to: anyAddress,
    type: fc.constant(3),
    chainId,
    maxFeePerBlobGas: uint(60n),
    blobs: fc.option(
      fc.array(fc.record({ data: hexOf(40), commitment: hexOf(48), proof: hexOf(48) }), {
        minLength: 1,
        maxLength: 2,
      }),
      { nil: undefined },
    ),
    blobVersionedHashes: fc.array(
      hexOf(31).map((tail) => `0x01${tail.slice(2)}`),
      { minLength: 1, maxLength: 3 },
    ),
  }),
).map((transaction) => withoutDoubledHashes(transaction as TransactionRequest));

/** Blobs bring their own hashes. */
function withoutDoubledHashes({ blobVersionedHashes, ...rest }: TransactionRequest): object {
  return rest.blobs ? rest : { ...rest, blobVersionedHashes };
}

/** Signed by Wallet itself when the transaction is settled. */
const eip7702 = withFees(
  fc.record({
    ...common,
    to: anyAddress,
    type: fc.constantFrom(4, undefined),
    chainId,
    accessList,
    authorizationList: fc.array(authorization, { minLength: 1, maxLength: 2 }),
  }),
);

/** All types that ethers serializes. Pass each through {@link settle}. */
export const transactions = { legacy, eip2930, eip1559, eip4844, eip7702 } as const;

/** Signs the authorizations of a list, which takes time that an arbitrary doesn't have. */
export async function settle(transaction: object): Promise<TransactionRequest> {
  const { authorizationList } = transaction as { authorizationList?: AuthorizationRequest[] };
  if (authorizationList === undefined) return transaction;
  return {
    ...transaction,
    authorizationList: await Promise.all(authorizationList.map((each) => oracle.authorize(each))),
  };
}

const domain = fc.record(
  {
    name: fc.string(),
    version: fc.string(),
    chainId: fc.integer({ min: 0, max: 2 ** 31 }),
    verifyingContract: anyAddress,
    salt: hexOf(32),
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

export const typedData = fc.record({
  domain,
  types: fc.constant(types),
  value: fc.record({
    from: person,
    to: fc.array(person, { maxLength: 3 }),
    contents: hexOf(0, 70),
    tag: hexOf(32),
    amount: uint(256n),
    delta: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    urgent: fc.boolean(),
  }),
});
