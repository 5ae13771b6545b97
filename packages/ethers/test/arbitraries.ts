import {
  accessList,
  anyAddress,
  blobVersionedHashes,
  chainId,
  hexOf,
  nonce,
  typedData,
  uint,
  withFees,
} from "@sigil/testing/evmArbitraries";
import type { AuthorizationRequest, TransactionRequest } from "ethers";
import fc from "fast-check";
import { oracle } from "./appliance.js";

export { typedData };

export const message = fc.oneof(
  fc.string({ unit: "grapheme" }),
  hexOf(0, 80),
  fc.uint8Array({ maxLength: 80 }),
);

export const authorization = fc.record({
  address: anyAddress,
  chainId: fc.oneof(fc.constant(0), chainId, uint(60n)),
  nonce: fc.oneof(fc.constant(0), nonce, uint(60n)),
});

const common = {
  to: fc.option(anyAddress, { nil: null }),
  from: fc.option(fc.constant(oracle.address), { nil: undefined }),
  value: fc.oneof(uint(96n), nonce),
  data: fc.oneof(hexOf(0, 100), fc.constant(null)),
  gasLimit: uint(40n),
  nonce,
};

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
    blobVersionedHashes,
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
