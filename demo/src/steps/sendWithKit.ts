import type { SigilSigner } from "@sigil/solana";
import {
  appendTransactionMessageInstruction,
  assertIsTransactionWithBlockhashLifetime,
  createTransactionMessage,
  getSignatureFromTransaction,
  pipe,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
} from "@solana/kit";
import { getTransferSolInstruction } from "@solana-program/system";
import type { Show } from "../show.js";
import { freshAddress, type Solana, transferred } from "../solana.js";
import type { Sigil } from "./startSigil.js";

export const sendWithKit = (
  show: Show,
  { phone }: Sigil,
  solana: Solana,
  signer: SigilSigner,
): Promise<void> =>
  show.step("0.25 SOL sent by kit, in a transaction of version 0", async (report) => {
    const destination = await freshAddress();
    const transfer = getTransferSolInstruction({ source: signer, destination, amount: transferred });
    const blockhash = await solana.latestBlockhash();
    const message = pipe(
      createTransactionMessage({ version: 0 }),
      (message) => setTransactionMessageFeePayerSigner(signer, message),
      (message) => setTransactionMessageLifetimeUsingBlockhash(blockhash, message),
      (message) => appendTransactionMessageInstruction(transfer, message),
    );
    const transaction = await phone.approving("the transfer", () =>
      signTransactionMessageWithSigners(message),
    );
    assertIsTransactionWithBlockhashLifetime(transaction);
    await solana.send(transaction);
    await solana.landed(getSignatureFromTransaction(transaction), signer.address, report);
    if ((await solana.balance(destination)) !== transferred)
      throw new Error(`nothing arrived at ${destination}.`);
  });
