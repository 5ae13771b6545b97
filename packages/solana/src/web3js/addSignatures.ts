import type { PublicKey, Transaction, VersionedTransaction } from "@solana/web3.js";
import { messageOf } from "./messageOf.js";
import { TransactionChangedError } from "./TransactionChangedError.js";

/** A signature, what it is over, and where it belongs. */
export type Signed = {
  readonly transaction: Transaction | VersionedTransaction;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
};

/**
 * Adds all signatures, or none: in one go, so that nothing can change between the comparison and the adding, and taking
 * back what was added should one of them fail.
 *
 * @throws TransactionChangedError when a transaction is not the one any more that was signed; web3.js' own errors.
 */
export function addSignatures(signed: readonly Signed[], publicKey: PublicKey): void {
  for (const { transaction, message } of signed) {
    if (!sameBytes(messageOf(transaction, publicKey.toBase58()), message))
      throw new TransactionChangedError();
  }
  const undo: (() => void)[] = [];
  try {
    for (const { transaction, signature } of signed) {
      undo.push(restorer(transaction));
      transaction.addSignature(publicKey, signature as Buffer & Uint8Array);
    }
  } catch (error) {
    for (const restore of undo) restore();
    throw error;
  }
}

/** Puts the signatures back as they are now. */
function restorer(transaction: Transaction | VersionedTransaction): () => void {
  if ("version" in transaction) {
    const before = [...transaction.signatures];
    return () =>
      Object.isFrozen(transaction.signatures) || transaction.signatures.splice(0, before.length, ...before);
  }
  const before = transaction.signatures.map((pair) => ({ pair, signature: pair.signature }));
  return () => {
    for (const { pair, signature } of before) if (!Object.isFrozen(pair)) pair.signature = signature;
  };
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
