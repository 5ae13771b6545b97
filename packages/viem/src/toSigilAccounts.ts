import { type NamesOf, refuseMisspelt } from "@sigil/astrotrain/adapter";
import { evmWallets, type WalletsOptions } from "@sigil/evm";
import { toViemError } from "./SigilAccountError.js";
import { type SigilAccount, toSigilAccount } from "./toSigilAccount.js";

/**
 * Accounts for the EVM wallets of a pair: one for each entry with `sign: true`, in the entries' order, bound to the
 * entry's chain. Pass the entries of one chain to have that chain's accounts. Read-only entries give none.
 *
 * @throws SigilAccountError when `entries` is not an array, or an option's name is misspelt; what {@link toSigilAccount} throws.
 * @example
 * ```ts
 * const { entries } = await pairing.getEnabledWallets({ octaneUrl, apiKey, pairId });
 * const [account] = toSigilAccounts({ client, entries, pairId });
 * ```
 */
export function toSigilAccounts(options: WalletsOptions): SigilAccount[] {
  try {
    const wallets = evmWallets(options);
    refuseMisspelt(options, names);
    return wallets.map((wallet) => toSigilAccount(wallet));
  } catch (error) {
    throw toViemError("toSigilAccounts", error);
  }
}

const names: NamesOf<WalletsOptions> = {
  ...{ client: true, entries: true, pairId: true, requireFreshness: true, recoverPublicKey: true },
};
