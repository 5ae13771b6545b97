import type { WalletEntry } from "@sigil/astrotrain";
import { type SigilAccount, toSigilAccount } from "@sigil/viem";
import type { Address } from "viem";
import type { Show } from "../show.js";
import type { Sigil } from "./startSigil.js";

const chain = "ethereum";

/** The first Ethereum wallet, as viem takes it. */
export const makeAccount = (
  show: Show,
  { client }: Sigil,
  pairId: string,
  wallets: readonly WalletEntry[],
): Promise<SigilAccount> =>
  show.step("viem account", async ({ fact }) => {
    const entry = wallets.find((wallet) => wallet.chain === chain && wallet.sign);
    if (entry === undefined) throw new Error("the user granted no Ethereum wallet to sign with.");
    fact(entry.address);
    return toSigilAccount({ client, address: entry.address as Address, pairId, chain });
  });
