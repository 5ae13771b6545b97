import { isFullySignedTransaction, type Signature } from "@solana/kit";
import { FailedTransactionMetadata } from "litesvm";
import { type Chain, land } from "./chain.js";
import { isAlive } from "./lifetime.js";
import { invalid } from "./params.js";
import { RpcError, rpcCodes } from "./rpcError.js";
import { simulate } from "./simulate.js";
import { describeError, type TransactionError, toTransactionError } from "./transactionErrors.js";
import { accountsOf, type WireTransaction } from "./wireTransaction.js";

/**
 * Takes a transaction as a validator does: with preflight it says what is wrong; without, it answers with the
 * signature in any case, and what cannot run never lands.
 */
export function send(chain: Chain, wire: WireTransaction, skipPreflight: boolean): Signature {
  if (!skipPreflight) preflight(chain, wire);
  if (wire.signature === undefined) throw invalid("the transaction is not signed by its fee payer");
  const canRun = isFullySignedTransaction(wire.transaction) && isAlive(chain, wire.message);
  if (canRun && !chain.landed.has(wire.signature)) run(chain, wire, wire.signature);
  return wire.signature;
}

function preflight(chain: Chain, wire: WireTransaction): void {
  const { error, meta } = simulate(chain, wire, { sigVerify: true, anyBlockhash: false });
  if (error === null) return;
  throw new RpcError(rpcCodes.preflightFailure, `Transaction simulation failed: ${describeError(error)}`, {
    err: error,
    logs: meta?.logs() ?? [],
    accounts: null,
    innerInstructions: null,
    returnData: null,
    unitsConsumed: meta?.computeUnitsConsumed() ?? 0n,
  });
}

function run(chain: Chain, wire: WireTransaction, signature: Signature): void {
  const { vm, blocks } = chain;
  const balances = (): readonly bigint[] => accountsOf(wire).map((account) => vm.getBalance(account) ?? 0n);
  const preBalances = balances();
  const result = vm.sendTransaction(wire.transaction);
  const failed = result instanceof FailedTransactionMetadata;
  const error = failed ? toTransactionError(result) : null;
  if (!isInBlock(error)) return;
  const sent = { transaction: wire, preBalances, postBalances: balances() };
  const { unixTimestamp: blockTime } = vm.getClock();
  const meta = failed ? result.meta() : result;
  land(chain, { signature, slot: blocks.open, blockTime, error, meta, sent });
}

// What fails while it runs has paid its fee, so it is in a block; what fails before that is not.
function isInBlock(error: TransactionError | null): boolean {
  return typeof error !== "string";
}
