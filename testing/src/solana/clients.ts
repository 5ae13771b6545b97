import {
  airdropFactory,
  appendTransactionMessageInstruction,
  assertIsTransactionWithBlockhashLifetime,
  type Blockhash,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  createTransactionMessage,
  generateKeyPairSigner,
  type Instruction,
  type KeyPairSigner,
  lamports,
  pipe,
  sendAndConfirmTransactionFactory,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
} from "@solana/kit";
import { Connection } from "@solana/web3.js";
import type { SolanaChain } from "./solanaChain.js";

const commitment = "confirmed";

export type Lifetime = { readonly blockhash: Blockhash; readonly lastValidBlockHeight: bigint };

/** What the tests of the chains do with kit. */
export type KitClient = ReturnType<typeof connectKit>;

export function connectKit({ rpcUrl, wsUrl }: SolanaChain) {
  const rpc = createSolanaRpc(rpcUrl);
  const rpcSubscriptions = createSolanaRpcSubscriptions(wsUrl);
  const airdrop = airdropFactory({ rpc, rpcSubscriptions });
  const sendAndConfirm = sendAndConfirmTransactionFactory({ rpc, rpcSubscriptions });

  const fund = async (): Promise<KeyPairSigner> => {
    const signer = await generateKeyPairSigner();
    await airdrop({ commitment, lamports: lamports(1_000_000_000n), recipientAddress: signer.address });
    return signer;
  };
  const latest = async (): Promise<Lifetime> => (await rpc.getLatestBlockhash({ commitment }).send()).value;
  const sign = async (payer: KeyPairSigner, instruction: Instruction, lifetime?: Lifetime) => {
    const found = lifetime ?? (await latest());
    const transaction = await pipe(
      createTransactionMessage({ version: 0 }),
      (message) => setTransactionMessageFeePayerSigner(payer, message),
      (message) => setTransactionMessageLifetimeUsingBlockhash(found, message),
      (message) => appendTransactionMessageInstruction(instruction, message),
      signTransactionMessageWithSigners,
    );
    assertIsTransactionWithBlockhashLifetime(transaction);
    return transaction;
  };
  const balance = async (address: KeyPairSigner["address"]): Promise<bigint> =>
    (await rpc.getBalance(address, { commitment }).send()).value;
  return { rpc, rpcSubscriptions, fund, latest, sign, sendAndConfirm, balance };
}

export function connectWeb3({ rpcUrl, wsUrl }: SolanaChain): Connection {
  return new Connection(rpcUrl, { commitment, wsEndpoint: wsUrl });
}
