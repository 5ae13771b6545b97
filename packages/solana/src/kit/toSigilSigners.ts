import { solanaEntries, type WalletsOptions } from "../internal/solanaEntries.js";
import { type SigilSigner, toSigilSigner } from "./toSigilSigner.js";

/**
 * Kit signers for the Solana wallets of a pair: one for each entry with `sign: true`, in the entries' order. Read-only
 * entries and other chains' give none.
 *
 * @throws ConfigError when `entries` is not an array; what {@link toSigilSigner} throws.
 * @example
 * ```ts
 * const { entries } = await pairing.getEnabledWallets({ octaneUrl, apiKey, pairId });
 * const [signer] = toSigilSigners({ client, entries, pairId });
 * ```
 */
export function toSigilSigners({ client, entries, pairId }: WalletsOptions): SigilSigner[] {
  return solanaEntries(entries).map(({ address, chain }) =>
    toSigilSigner({ client, address, pairId, chain }),
  );
}
