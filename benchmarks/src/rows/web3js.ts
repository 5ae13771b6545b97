import { toSigilWallet } from "@sigil/solana/web3js";
import { Keypair, type VersionedTransaction } from "@solana/web3.js";
import { pairId, solanaAddress, solanaSeed, unsignedTransfer } from "../fixtures.js";
import type { Program, Signer } from "./Row.js";
import { toClient } from "./sigil.js";

type Wallet = { signTransaction(transaction: VersionedTransaction): Promise<unknown> };

export const withWeb3js = (wallet: Wallet): Signer => ({
  sign: () => wallet.signTransaction(unsignedTransfer()),
  signatureOf: ({ signatures: [signature] }: VersionedTransaction) => signature ?? new Uint8Array(),
});

export const sigilWeb3js: Program = (baseUrl) =>
  withWeb3js(toSigilWallet({ client: toClient(baseUrl), address: solanaAddress, pairId }));

export const web3jsKeypair: Program = () => {
  const keypair = Keypair.fromSeed(solanaSeed);
  return withWeb3js({
    signTransaction: async (transaction) => {
      transaction.sign([keypair]);
      return transaction;
    },
  });
};
