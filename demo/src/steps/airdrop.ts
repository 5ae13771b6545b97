import type { SigilSigner } from "@sigil/solana";
import { lamports } from "@solana/kit";
import type { Show } from "../show.js";
import { formatSol, type Solana } from "../solana.js";

export const airdrop = (show: Show, solana: Solana, { address }: SigilSigner): Promise<void> =>
  show.step("Funded by an airdrop", async ({ fact }) => {
    await solana.airdrop(address, lamports(2_000_000_000n));
    fact(`balance ${formatSol(await solana.balance(address))}`);
  });
