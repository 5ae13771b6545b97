import { solanaEntries, type WalletsOptions } from "../internal/solanaEntries.js";
import { type SigilWallet, toSigilWallet } from "./toSigilWallet.js";

/**
 * web3.js wallets for the Solana wallets of a pair: one for each entry with `sign: true`, in the entries' order.
 * Read-only entries and other chains' give none.
 *
 * @throws ConfigError when `entries` is not an array; what {@link toSigilWallet} throws.
 * @example
 * ```ts
 * const { entries } = await pairing.getEnabledWallets({ octaneUrl, apiKey, pairId });
 * const [wallet] = toSigilWallets({ client, entries, pairId });
 * ```
 */
export function toSigilWallets({ client, entries, pairId }: WalletsOptions): SigilWallet[] {
  return solanaEntries(entries).map(({ address, chain }) =>
    toSigilWallet({ client, address, pairId, chain }),
  );
}
