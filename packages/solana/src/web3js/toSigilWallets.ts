import { solanaWallets, type WalletsOptions } from "../internal/solanaWallets.js";
import { type SigilWallet, toSigilWallet } from "./toSigilWallet.js";

/**
 * web3.js wallets for the Solana wallets of a pair: one for each entry with `sign: true`, in the entries' order.
 * Read-only entries and other chains' give none.
 *
 * @throws ConfigError when `client` or `entries` is wrong; what {@link toSigilWallet} throws.
 * @example
 * ```ts
 * const { entries } = await pairing.getEnabledWallets({ octaneUrl, apiKey, pairId });
 * const [wallet] = toSigilWallets({ client, entries, pairId });
 * ```
 */
export function toSigilWallets(options: WalletsOptions): SigilWallet[] {
  return solanaWallets(options).map((wallet) => toSigilWallet(wallet));
}
