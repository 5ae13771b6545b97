import type { SigilSigner } from "@sigil/solana";
import { toSigilWallet } from "@sigil/solana/web3js";
import type { Signature } from "@solana/kit";
import { PublicKey, SystemProgram, Transaction } from "@solana/web3.js";
import type { Show } from "../show.js";
import { freshAddress, type Solana, transferred } from "../solana.js";
import type { Sigil } from "./startSigil.js";

/** The same wallet, in web3.js. */
export const sendWithWeb3 = (
  show: Show,
  { client, phone }: Sigil,
  solana: Solana,
  pairId: string,
  { address }: SigilSigner,
): Promise<void> =>
  show.step("0.25 SOL sent by web3.js, in a legacy transaction", async (report) => {
    const wallet = toSigilWallet({ client, address, pairId, chain: "solana" });
    const destination = await freshAddress();
    const transfer = SystemProgram.transfer({
      fromPubkey: wallet.publicKey,
      toPubkey: new PublicKey(destination),
      lamports: transferred,
    });
    const { connection } = solana;
    const transaction = new Transaction({
      feePayer: wallet.publicKey,
      ...(await connection.getLatestBlockhash()),
    }).add(transfer);
    await phone.approving("the transfer", () => wallet.signTransaction(transaction));
    const signature = (await connection.sendRawTransaction(transaction.serialize())) as Signature;
    await solana.landed(signature, address, report);
    if ((await solana.balance(destination)) !== transferred)
      throw new Error(`nothing arrived at ${destination}.`);
  });
