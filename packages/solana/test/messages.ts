import {
  type Address,
  appendTransactionMessageInstruction,
  type Blockhash,
  createTransactionMessage,
  getAddressDecoder,
  type Instruction,
  pipe,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  type TransactionSigner,
} from "@solana/kit";

const blockhash = {
  blockhash: "EkSnNWid2cvwEVnVx9aBqawnmiCNiDgp3gUdkDPTKN1N" as Blockhash,
  lastValidBlockHeight: 100n,
};

export const someAddress = (fill: number): Address =>
  getAddressDecoder().decode(new Uint8Array(32).fill(fill));

/** A call of the memo program, signed by `signers`. */
const memo = (text: string, signers: readonly TransactionSigner[] = []): Instruction => ({
  programAddress: "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr" as Address,
  accounts: signers.map((signer) => ({ address: signer.address, role: 2, signer })),
  data: new TextEncoder().encode(text),
});

/** A message of the given version, fees paid by `feePayer`, `others` signing its one instruction. */
export const messageOf = (
  version: "legacy" | 0 | 1,
  feePayer: TransactionSigner,
  others: readonly TransactionSigner[] = [],
  text = "hello",
) =>
  pipe(
    createTransactionMessage({ version: version as 0 }),
    (message) => setTransactionMessageFeePayerSigner(feePayer, message),
    (message) => setTransactionMessageLifetimeUsingBlockhash(blockhash, message),
    (message) => appendTransactionMessageInstruction(memo(text, others), message),
  );
