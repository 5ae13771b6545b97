import { ConfigError, type WalletEntry } from "@sigil/astrotrain";
import { checkClient, type SigningClient } from "@sigil/astrotrain/adapter";
import type { FreshnessOption } from "./freshness.js";

export type WalletsOptions = FreshnessOption & {
  readonly client: SigningClient;
  /** From `getEnabledWallets`. */
  readonly entries: readonly WalletEntry[];
  readonly pairId?: string | undefined;
};

/** What one signer is made with. */
type WalletOptions = Pick<WalletsOptions, "client" | "pairId" | "requireFreshness"> & {
  readonly address: string;
  readonly chain: string;
};

/**
 * The Solana wallets among a pair's entries that it may sign with, in the entries' order.
 *
 * @throws ConfigError when `client` is no client or `entries` is not an array.
 */
export function solanaWallets(options: WalletsOptions): readonly WalletOptions[] {
  const { client, entries, pairId, requireFreshness } = options ?? {};
  checkClient(client);
  if (!Array.isArray(entries)) throw new ConfigError("entries", "must be the entries of getEnabledWallets.");
  return entries
    .filter((entry: WalletEntry) => entry?.sign === true && entry.chain === "solana")
    .map(({ address, chain }: WalletEntry) => ({ client, address, chain, pairId, requireFreshness }));
}
