import { ConfigError } from "@sigil/astrotrain";
import type { Transaction, VersionedTransaction } from "@solana/web3.js";

/**
 * A copy of the bytes that the signature is over.
 *
 * @throws ConfigError when the wallet is not among the transaction's signers, or its version is 1; web3.js' own error
 * when its blockhash or fee payer is missing.
 */
export function messageOf(transaction: Transaction | VersionedTransaction, address: string): Uint8Array {
  // Not by instanceof: an application may hold a second copy of web3.js.
  const { message, serialize } =
    "version" in transaction
      ? ofVersioned(transaction)
      : { message: transaction.compileMessage(), serialize: () => transaction.serializeMessage() };
  const keys = "staticAccountKeys" in message ? message.staticAccountKeys : [];
  const signers = keys.slice(0, message.header.numRequiredSignatures).map((key) => key.toBase58());
  if (!signers.includes(address)) {
    throw new ConfigError("transaction", `${address} is not among its signers (${signers.join(", ")}).`);
  }
  return new Uint8Array(serialize());
}

function ofVersioned({ message, version }: VersionedTransaction) {
  if (version === 1) {
    throw new ConfigError(
      "transaction",
      "is of version 1, which web3.js 1.x can read but not serialize: use @solana/kit.",
    );
  }
  return { message, serialize: () => message.serialize() };
}
