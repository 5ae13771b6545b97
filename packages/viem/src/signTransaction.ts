import { type EvmWallet, fieldsOf, requireFreshNonce, signDigest, snapshot, snapshotData } from "@sigil/evm";
import type { Hex, SerializeTransactionFn, TransactionSerializable } from "viem";
import { keccak256, serializeTransaction } from "viem/utils";
import { readHash } from "./readHash.js";
import { SigilAccountError } from "./SigilAccountError.js";
import { toSignature } from "./toSignature.js";

/** What viem's transaction types say of a transaction that may be any of them. */
type AnyTransaction = TransactionSerializable & Readonly<Record<string, unknown>>;

/**
 * Serializes, hashes, has the hash signed, and serializes again with the signature. A custom `serializer` (OP stack,
 * Celo, ZKsync, Tempo, …), which may be async, is called exactly these two times.
 */
export async function signTransaction(
  wallet: EvmWallet,
  transaction: TransactionSerializable,
  requireFreshness: boolean,
  serializer: SerializeTransactionFn<TransactionSerializable> = serializeTransaction,
): Promise<Hex> {
  const unsigned = withoutSignature(copyTransaction(transaction));
  if ((unsigned.type as string | undefined) === "deposit") {
    throw new SigilAccountError(
      "A deposit transaction of the OP stack carries no signature: the chain makes it, no wallet signs it.",
    );
  }
  if (requireFreshness) requireFreshNonce("transaction", unsigned);
  // The hash of a blob transaction leaves its sidecars out (EIP-4844).
  const signable = isBlobTransaction(unsigned)
    ? ({ ...unsigned, sidecars: false } as TransactionSerializable)
    : unsigned;
  const hash = keccak256(await serializer(signable));
  const signature = toSignature(await signDigest(wallet, readHash(hash)));
  return serializer(unsigned, signature);
}

/** The fields that hold nothing but data, whatever classes an application wraps it in. */
const dataFields = ["accessList", "authorizationList", "blobs", "blobVersionedHashes", "sidecars"] as const;

/** All that can be read from the transaction, which may be an instance with getters; libraries in it stay as they are. */
function copyTransaction(transaction: TransactionSerializable): AnyTransaction {
  const copy = snapshot(fieldsOf(transaction));
  for (const field of dataFields) {
    if (copy[field] !== undefined) copy[field] = snapshotData(copy[field]);
  }
  return copy as AnyTransaction;
}

/** A parsed transaction carries its old signature, which viem's serializers would put into the hash. */
function withoutSignature(transaction: AnyTransaction): TransactionSerializable {
  const { r: _r, s: _s, v: _v, yParity: _yParity, ...rest } = transaction;
  return rest as TransactionSerializable;
}

/** As viem infers it where the type is not given. */
function isBlobTransaction(transaction: TransactionSerializable): boolean {
  const { type, authorizationList, blobs, blobVersionedHashes, sidecars, maxFeePerBlobGas } =
    transaction as AnyTransaction;
  if (type !== undefined) return type === "eip4844";
  return (
    !authorizationList && Boolean(blobs || blobVersionedHashes || sidecars || maxFeePerBlobGas !== undefined)
  );
}
