import {
  accessList,
  anyAddress,
  blobVersionedHashes,
  chainId,
  hash,
  hexOf,
  nonce,
  typedData,
  uint,
  withFees,
} from "@sigil/testing/evmArbitraries";
import fc from "fast-check";
import type { AuthorizationRequest, Hex, TransactionSerializable } from "viem";
import { oracle } from "./appliance.js";

export { hash, typedData };

/** Text, or bytes in either of viem's two ways. */
export const message = fc.oneof(
  fc.string({ unit: "grapheme" }),
  hexOf(0, 80),
  hexOf(0, 80).map((raw) => ({ raw })),
  fc.uint8Array({ maxLength: 80 }).map((raw) => ({ raw })),
);

export const authorization = fc.oneof(
  fc.record({ address: anyAddress, chainId: fc.integer({ min: 0, max: 2 ** 31 }), nonce }),
  fc.record({ contractAddress: anyAddress, chainId, nonce }),
);

const common = {
  to: fc.option(anyAddress, { nil: undefined }),
  value: uint(96n),
  data: hexOf(0, 100),
  gas: uint(40n),
  nonce,
};

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

const eip1559 = withFees(typed("eip1559", { accessList }));

const eip4844 = withFees(
  fc.record({
    ...common,
    to: anyAddress,
    type: fc.constant("eip4844"),
    chainId,
    maxFeePerBlobGas: uint(60n),
    blobVersionedHashes,
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
