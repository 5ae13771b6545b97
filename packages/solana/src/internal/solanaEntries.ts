import { type AstrotrainClient, ConfigError, type WalletEntry } from "@sigil/astrotrain";

export type WalletsOptions = {
  readonly client: Pick<AstrotrainClient, "sign">;
  /** From `getEnabledWallets`. */
  readonly entries: readonly WalletEntry[];
  readonly pairId?: string | undefined;
};

/** The Solana wallets among a pair's entries that it may sign with, in the entries' order. */
export function solanaEntries(entries: readonly WalletEntry[]): readonly WalletEntry[] {
  if (!Array.isArray(entries)) throw new ConfigError("entries", "must be the entries of getEnabledWallets.");
  return entries.filter((entry: WalletEntry) => entry?.sign === true && entry.chain === "solana");
}

/** @throws ConfigError */
export function checkClient(client: unknown): void {
  if (typeof (client as Partial<AstrotrainClient> | null | undefined)?.sign === "function") return;
  throw new ConfigError("client", "has no sign method: pass an AstrotrainClient.");
}
