import {
  type Address,
  type CompiledTransactionMessage,
  type CompiledTransactionMessageWithLifetime,
  getBase58Decoder,
  getCompiledTransactionMessageDecoder,
  getSignatureFromTransaction,
  getTransactionDecoder,
  type Signature,
  type Transaction,
} from "@solana/kit";
import type { LiteSVM } from "litesvm";
import { readLookupTable } from "./lookupTable.js";
import { invalid } from "./params.js";

export type Message = Exclude<CompiledTransactionMessage, { version: 1 }> &
  CompiledTransactionMessageWithLifetime;

/** A transaction as it came, and what stands in it. */
export type WireTransaction = {
  readonly bytes: Uint8Array;
  readonly transaction: Transaction;
  readonly message: Message;
  /** The fee payer's; what is not signed yet has none. */
  readonly signature: Signature | undefined;
  readonly loaded: { readonly writable: readonly Address[]; readonly readonly: readonly Address[] };
};

/** @throws RpcError if it is no transaction, or names a lookup table that is not there. */
export function readTransaction(vm: LiteSVM, bytes: Uint8Array): WireTransaction {
  const { transaction, message } = decode(bytes);
  if (message.version === 1) throw invalid("transactions of version 1 are not taken here");
  const [first] = Object.values(transaction.signatures);
  const signature = first ? getSignatureFromTransaction(transaction) : undefined;
  return { bytes, transaction, message, signature, loaded: loadAddresses(vm, message) };
}

export function toSignatureText(bytes: Uint8Array): Signature {
  return getBase58Decoder().decode(bytes) as Signature;
}

/** Accounts by the indices that instructions use. */
export function accountsOf({ message, loaded }: WireTransaction): readonly Address[] {
  return [...message.staticAccounts, ...loaded.writable, ...loaded.readonly];
}

function decode(bytes: Uint8Array): Decoded {
  try {
    const transaction = getTransactionDecoder().decode(bytes);
    const message = getCompiledTransactionMessageDecoder().decode(transaction.messageBytes);
    return { transaction, message };
  } catch (error) {
    throw invalid(`failed to deserialize the transaction: ${(error as Error).message}`);
  }
}

type Decoded = {
  readonly transaction: Transaction;
  readonly message: CompiledTransactionMessage & CompiledTransactionMessageWithLifetime;
};

function loadAddresses(vm: LiteSVM, message: Message): WireTransaction["loaded"] {
  const lookups = "addressTableLookups" in message ? (message.addressTableLookups ?? []) : [];
  const pick = (table: Address, indices: readonly number[]): readonly Address[] => {
    const addresses = readLookupTable(vm, table)?.addresses;
    return indices.map((index) => {
      const found = addresses?.[index];
      if (found === undefined) throw invalid(`invalid transaction: no address ${index} in table ${table}`);
      return found;
    });
  };
  return {
    writable: lookups.flatMap((lookup) => pick(lookup.lookupTableAddress, lookup.writableIndexes)),
    readonly: lookups.flatMap((lookup) => pick(lookup.lookupTableAddress, lookup.readonlyIndexes)),
  };
}
