import { solanaWallets, type WalletsOptions } from "../internal/solanaWallets.js";
import { type SigilSigner, toSigilSigner } from "./toSigilSigner.js";

/**
 * Kit signers for the Solana wallets of a pair: one for each entry with `sign: true`, in the entries' order. Read-only
 * entries and other chains' give none.
 *
 * @throws ConfigError when `client` or `entries` is wrong; what {@link toSigilSigner} throws.
 * @example
 * ```ts
 * const { entries } = await pairing.getEnabledWallets({ octaneUrl, apiKey, pairId });
 * const [signer] = toSigilSigners({ client, entries, pairId });
 * ```
 */
export function toSigilSigners(options: WalletsOptions): SigilSigner[] {
  return solanaWallets(options).map((wallet) => toSigilSigner(wallet));
}
