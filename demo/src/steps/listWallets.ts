import { getEnabledWallets, type WalletEntry } from "@sigil/astrotrain";
import type { Show } from "../show.js";
import type { Sigil } from "./startSigil.js";

export async function listWallets(
  show: Show,
  { access }: Sigil,
  pairId: string,
): Promise<readonly WalletEntry[]> {
  const entries = await show.step("Wallets of the pair", async ({ fact }) => {
    const { entries } = await getEnabledWallets({ ...access, pairId });
    fact(`${entries.length} of them`);
    return entries;
  });
  const rows = entries.map(({ chain, wallet_index, address, sign }) => [
    chain,
    String(wallet_index),
    address,
    sign ? "sign" : "read",
  ]);
  show.table([["chain", "wallet", "address", "may"], ...rows]);
  return entries;
}
