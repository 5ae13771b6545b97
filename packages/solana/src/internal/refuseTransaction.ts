import { ConfigError } from "@sigil/astrotrain";
import { isTransactionMessage } from "./isTransactionMessage.js";

/**
 * Refuses bytes that are a transaction's message: signed as a mere message, they could be sent to the chain. Off-chain
 * messages begin with 0xff, as no transaction does.
 *
 * @throws ConfigError naming `field`
 */
export function refuseTransaction(field: string, bytes: Uint8Array): void {
  if (!isTransactionMessage(bytes)) return;
  throw new ConfigError(
    field,
    "decodes as a Solana transaction, so its signature could move funds. Sign it as a transaction, or pass " +
      "allowTransactionMessages: true if that is what you mean.",
  );
}
