import { setTimeout as sleep } from "node:timers/promises";
import type { SolanaChain } from "@sigil/testing/solana";
import {
  type Address,
  airdropFactory,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  generateKeyPairSigner,
  type Lamports,
  type Signature,
  sendAndConfirmTransactionFactory,
} from "@solana/kit";
import { Connection } from "@solana/web3.js";
import type { Report } from "./show.js";

const commitment = "confirmed";
const pauseMs = 50;
const patienceMs = 30_000;

/** Clients of one chain, kit's and web3.js'. */
export function connect({ rpcUrl, wsUrl }: Pick<SolanaChain, "rpcUrl" | "wsUrl">) {
  const rpc = createSolanaRpc(rpcUrl);
  const rpcSubscriptions = createSolanaRpcSubscriptions(wsUrl);
  const airdrop = airdropFactory({ rpc, rpcSubscriptions });
  const sendAndConfirm = sendAndConfirmTransactionFactory({ rpc, rpcSubscriptions });

  /** Waits until the chain has the transaction and reports it. @throws Error when it failed, or `payer` did not sign it. */
  const landed = async (signature: Signature, payer: Address, { fact, line }: Report): Promise<void> => {
    const found = await waitFor(async () =>
      rpc
        .getTransaction(signature, { commitment, encoding: "json", maxSupportedTransactionVersion: 0 })
        .send(),
    );
    if (found.meta?.err) throw new Error(`the transaction ${signature} failed.`);
    const { signatures, message } = found.transaction;
    // The chain verifies the signatures; they stand in the order of the accounts.
    if (signatures[0] !== signature || message.accountKeys[0] !== payer)
      throw new Error(`the transaction ${signature} was signed by somebody else.`);
    fact(`slot ${found.slot}`);
    fact(`fee ${found.meta?.fee} lamports`);
    line(signature);
  };
  return {
    connection: new Connection(rpcUrl, { commitment, wsEndpoint: wsUrl }),
    latestBlockhash: async () => (await rpc.getLatestBlockhash({ commitment }).send()).value,
    balance: async (address: Address): Promise<Lamports> =>
      (await rpc.getBalance(address, { commitment }).send()).value,
    airdrop: (recipientAddress: Address, lamports: Lamports) =>
      airdrop({ commitment, recipientAddress, lamports }),
    send: (transaction: Parameters<typeof sendAndConfirm>[0]) => sendAndConfirm(transaction, { commitment }),
    landed,
  };
}

export type Solana = ReturnType<typeof connect>;

const lamportsOfSol = 1_000_000_000n;

/** 0.25 SOL. */
export const transferred = lamportsOfSol / 4n;

export const formatSol = (lamports: bigint): string => `${Number(lamports) / Number(lamportsOfSol)} SOL`;

/** An address that nobody has used. */
export const freshAddress = async (): Promise<Address> => (await generateKeyPairSigner()).address;

async function waitFor<T>(ask: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== null) return answer;
    await sleep(pauseMs);
  }
  throw new Error("the chain did not take the transaction.");
}
