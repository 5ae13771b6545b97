import type { FailedTransactionMetadata } from "litesvm";

/** An error of a transaction, in the form that Solana's JSON-RPC gives it. */
export type TransactionError = string | { readonly [name: string]: unknown };

// litesvm has enums whose names exist in its types only, so they are here again, in its order.
const plain = `AccountInUse AccountLoadedTwice AccountNotFound ProgramAccountNotFound InsufficientFundsForFee
  InvalidAccountForFee AlreadyProcessed BlockhashNotFound CallChainTooDeep MissingSignatureForFee
  InvalidAccountIndex SignatureFailure InvalidProgramForExecution SanitizeFailure ClusterMaintenance
  AccountBorrowOutstanding WouldExceedMaxBlockCostLimit UnsupportedVersion InvalidWritableAccount
  WouldExceedMaxAccountCostLimit WouldExceedAccountDataBlockLimit TooManyAccountLocks
  AddressLookupTableNotFound InvalidAddressLookupTableOwner InvalidAddressLookupTableData
  InvalidAddressLookupTableIndex InvalidRentPayingAccount WouldExceedMaxVoteCostLimit
  WouldExceedAccountDataTotalLimit MaxLoadedAccountsDataSizeExceeded ResanitizationNeeded
  InvalidLoadedAccountsDataSizeLimit UnbalancedTransaction ProgramCacheHitMaxLimit
  CommitCancelled`.split(/\s+/);
const instruction =
  `GenericError InvalidArgument InvalidInstructionData InvalidAccountData AccountDataTooSmall
  InsufficientFunds IncorrectProgramId MissingRequiredSignature AccountAlreadyInitialized UninitializedAccount
  UnbalancedInstruction ModifiedProgramId ExternalAccountLamportSpend ExternalAccountDataModified
  ReadonlyLamportChange ReadonlyDataModified DuplicateAccountIndex ExecutableModified RentEpochModified
  NotEnoughAccountKeys AccountDataSizeChanged AccountNotExecutable AccountBorrowFailed
  AccountBorrowOutstanding DuplicateAccountOutOfSync InvalidError ExecutableDataModified
  ExecutableLamportChange ExecutableAccountNotRentExempt UnsupportedProgramId CallDepth MissingAccount
  ReentrancyNotAllowed MaxSeedLengthExceeded InvalidSeeds InvalidRealloc ComputationalBudgetExceeded
  PrivilegeEscalation ProgramEnvironmentSetupFailure ProgramFailedToComplete ProgramFailedToCompile Immutable
  IncorrectAuthority AccountNotRentExempt InvalidAccountOwner ArithmeticOverflow UnsupportedSysvar
  IllegalOwner MaxAccountsDataAllocationsExceeded MaxAccountsExceeded MaxInstructionTraceLengthExceeded
  BuiltinProgramsMustConsumeComputeUnits BorshIoError`.split(/\s+/);

/** litesvm's error as JSON-RPC gives it. */
export function toTransactionError(failed: FailedTransactionMetadata): TransactionError {
  const error = failed.err();
  if (typeof error === "number") return plain[error] ?? `Unknown${error}`;
  if ("accountIndex" in error) {
    const rent = error.constructor.name === "TransactionErrorInsufficientFundsForRent";
    const name = rent ? "InsufficientFundsForRent" : "ProgramExecutionTemporarilyRestricted";
    return { [name]: { account_index: error.accountIndex } };
  }
  if (!("err" in error)) return { DuplicateInstruction: error.index };
  return { InstructionError: [error.index, toInstructionError(error.err())] };
}

type InstructionError = number | { readonly code: number } | { readonly msg: string };

function toInstructionError(error: InstructionError): string | { readonly [name: string]: unknown } {
  if (typeof error === "number") return instruction[error] ?? `Unknown${error}`;
  return "code" in error ? { Custom: error.code } : { BorshIoError: error.msg };
}

const sentences: Readonly<Record<string, string>> = {
  AccountNotFound: "Attempt to debit an account but found no record of a prior credit.",
  AlreadyProcessed: "This transaction has already been processed",
  BlockhashNotFound: "Blockhash not found",
  InsufficientFundsForFee: "Insufficient funds for fee",
  SignatureFailure: "Transaction did not pass signature verification",
};

/** The sentence that a validator has for the error, where programs read it; else its name. */
export function describeError(error: TransactionError): string {
  if (typeof error === "string") return sentences[error] ?? error;
  const [index, cause] = (error.InstructionError ?? []) as readonly unknown[];
  if (index === undefined) return `Transaction failed: ${JSON.stringify(error)}`;
  const custom = (cause as { readonly Custom?: number }).Custom;
  const why = custom === undefined ? JSON.stringify(cause) : `custom program error: 0x${custom.toString(16)}`;
  return `Error processing Instruction ${index}: ${why}`;
}
