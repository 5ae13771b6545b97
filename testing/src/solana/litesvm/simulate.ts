import { isFullySignedTransaction } from "@solana/kit";
import { FailedTransactionMetadata, type SimulatedTransactionInfo, type TransactionMetadata } from "litesvm";
import type { Chain } from "./chain.js";
import { isAlive } from "./lifetime.js";
import { type TransactionError, toTransactionError } from "./transactionErrors.js";
import type { WireTransaction } from "./wireTransaction.js";

export type Simulation = {
  readonly error: TransactionError | null;
  readonly meta?: TransactionMetadata;
  readonly info?: SimulatedTransactionInfo;
};

export type SimulationOptions = { readonly sigVerify: boolean; readonly anyBlockhash: boolean };

/** Runs the transaction without keeping what it does. */
export function simulate(chain: Chain, wire: WireTransaction, options: SimulationOptions): Simulation {
  const { vm, landed } = chain;
  if (options.sigVerify && !isFullySignedTransaction(wire.transaction)) return { error: "SignatureFailure" };
  if (!options.anyBlockhash && !isAlive(chain, wire.message)) return { error: "BlockhashNotFound" };
  if (wire.signature !== undefined && landed.has(wire.signature)) return { error: "AlreadyProcessed" };
  vm.withSigverify(options.sigVerify);
  try {
    const info = vm.simulateTransaction(wire.transaction);
    if (info instanceof FailedTransactionMetadata)
      return { error: toTransactionError(info), meta: info.meta() };
    return { error: null, meta: info.meta(), info };
  } finally {
    vm.withSigverify(true);
  }
}
