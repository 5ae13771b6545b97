import type { WalletEntry } from "@sigil/astrotrain";
import { type SigilSigner, toSigilSigner } from "@sigil/solana";
import type { Show } from "../show.js";
import type { Sigil } from "./startSigil.js";

const chain = "solana";

/** The first Solana wallet, as kit takes it. */
export const makeSolanaSigner = (
  show: Show,
  { client }: Sigil,
  pairId: string,
  wallets: readonly WalletEntry[],
): Promise<SigilSigner> =>
  show.step("kit signer", async ({ fact }) => {
    const entry = wallets.find((wallet) => wallet.chain === chain && wallet.sign);
    if (entry === undefined) throw new Error("the user granted no Solana wallet to sign with.");
    fact(entry.address);
    return toSigilSigner({ client, address: entry.address, pairId, chain });
  });
