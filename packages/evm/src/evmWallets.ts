import { ConfigError, type WalletEntry } from "@sigil/astrotrain";
import { checkClient } from "@sigil/astrotrain/adapter";
import { checkRecoverPublicKey } from "./checkRecoverPublicKey.js";
import type { FreshnessOption } from "./freshness.js";
import type { RecoverOption } from "./RecoverPublicKey.js";
import type { EvmWallet } from "./signDigest.js";

export type WalletsOptions = Pick<EvmWallet, "client" | "pairId"> &
  FreshnessOption &
  RecoverOption & {
    /** From `getEnabledWallets`. */
    readonly entries: readonly WalletEntry[];
  };

/**
 * The EVM wallets among a pair's entries that it may sign with: one for each chain that was granted, in the entries'
 * order, and bound to that chain. Read-only entries and other chains' are left out.
 *
 * Goes by the form of the address (20 bytes in hexadecimal), so that a chain octane adds tomorrow works today.
 *
 * @throws ConfigError when `client` is no client, `entries` is not an array or `recoverPublicKey` is no function.
 */
export function evmWallets(options: WalletsOptions): (EvmWallet & FreshnessOption)[] {
  const { client, entries, pairId, requireFreshness, recoverPublicKey } = options ?? {};
  checkClient(client);
  checkRecoverPublicKey(recoverPublicKey);
  if (!Array.isArray(entries)) throw new ConfigError("entries", "must be the entries of getEnabledWallets.");
  return entries
    .filter((entry: WalletEntry) => entry?.sign === true && /^0x[0-9a-f]{40}$/i.test(entry.address))
    .map(({ address, chain }: WalletEntry) => ({
      ...{ client, address: address as `0x${string}`, pairId, chain, recoverPublicKey },
      ...(requireFreshness === undefined ? {} : { requireFreshness }),
    }));
}
