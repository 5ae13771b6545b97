import type { Signature } from "@solana/kit";
import type { TransactionMetadata } from "litesvm";
import type { TransactionError } from "./transactionErrors.js";
import type { WireTransaction } from "./wireTransaction.js";

/** A transaction in a block, whether it succeeded or not. */
export type Landed = {
  readonly signature: Signature;
  readonly slot: bigint;
  readonly blockTime: bigint;
  readonly error: TransactionError | null;
  readonly meta: TransactionMetadata;
  /** Absent for airdrops: their transactions are litesvm's own. */
  readonly sent?: {
    readonly transaction: WireTransaction;
    readonly preBalances: readonly bigint[];
    readonly postBalances: readonly bigint[];
  };
};

/** `Ok` or the error, in the old form that clients still read. */
export function toStatus(error: TransactionError | null): object {
  return error === null ? { Ok: null } : { Err: error };
}
