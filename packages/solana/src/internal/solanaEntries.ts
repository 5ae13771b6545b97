import { ConfigError, type WalletEntry } from "@sigil/astrotrain";
import type { SigningClient } from "@sigil/astrotrain/adapter";

export type WalletsOptions = {
  readonly client: SigningClient;
  /** From `getEnabledWallets`. */
  readonly entries: readonly WalletEntry[];
  readonly pairId?: string | undefined;
};

/** The Solana wallets among a pair's entries that it may sign with, in the entries' order. */
export function solanaEntries(entries: readonly WalletEntry[]): readonly WalletEntry[] {
  if (!Array.isArray(entries)) throw new ConfigError("entries", "must be the entries of getEnabledWallets.");
  return entries.filter((entry: WalletEntry) => entry?.sign === true && entry.chain === "solana");
}
