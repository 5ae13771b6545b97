import { ConfigError, type WalletEntry } from "@sigil/astrotrain";
import { checkClient, type NamesOf, refuseMisspelt, type SigningClient } from "@sigil/astrotrain/adapter";
import type { FreshnessOption } from "./freshness.js";

export type WalletsOptions = FreshnessOption & {
  readonly client: SigningClient;
  /** From `getEnabledWallets`. */
  readonly entries: readonly WalletEntry[];
  readonly pairId?: string | undefined;
};

const names: NamesOf<WalletsOptions> = { client: true, entries: true, pairId: true, requireFreshness: true };

/** What one signer is made with. */
type WalletOptions = Pick<WalletsOptions, "client" | "pairId" | "requireFreshness"> & {
  readonly address: string;
  readonly chain: string;
};

/**
 * The Solana wallets among a pair's entries that it may sign with, in the entries' order.
 *
 * @throws ConfigError when `client` is no client, `entries` is not an array, or an option's name is misspelt.
 */
export function solanaWallets(options: WalletsOptions): readonly WalletOptions[] {
  const { client, entries, pairId, requireFreshness } = options ?? {};
  checkClient(client);
  refuseMisspelt(options, names);
  if (!Array.isArray(entries)) throw new ConfigError("entries", "must be the entries of getEnabledWallets.");
  return entries
    .filter((entry: WalletEntry) => entry?.sign === true && entry.chain === "solana")
    .map(({ address, chain }: WalletEntry) => ({ client, address, chain, pairId, requireFreshness }));
}
