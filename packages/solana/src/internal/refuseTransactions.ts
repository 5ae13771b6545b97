import { ConfigError } from "@sigil/astrotrain";

/** No transaction is longer: version 1 allows 4,096 bytes with its signatures, the others 1,232. */
const longestTransaction = 4096;

/**
 * Refuses bytes that would be a transaction's message: signed as a mere message, they could be sent to the chain.
 * Off-chain messages begin with 0xff, as no transaction does, and text is never short enough for its first letter,
 * read as the number of signatures.
 *
 * @throws ConfigError
 */
export function refuseTransactions(
  messages: readonly Uint8Array[],
  decode: (bytes: Uint8Array) => unknown,
): void {
  for (const [i, bytes] of messages.entries()) {
    if (!decodesAsTransaction(bytes, decode)) continue;
    throw new ConfigError(
      `messages[${i}]`,
      "decodes as a Solana transaction, so its signature could move funds. Sign it as a transaction, or pass " +
        "allowTransactionMessages: true if that is what you mean.",
    );
  }
}

function decodesAsTransaction(bytes: Uint8Array, decode: (bytes: Uint8Array) => unknown): boolean {
  const version = bytes[0] ?? 0;
  const signatures = version < 0x80 ? version : (bytes[1] ?? 0);
  if (signatures === 0 || signatures * 64 + bytes.length > longestTransaction) return false;
  try {
    decode(bytes);
    return true;
  } catch {
    return false;
  }
}
