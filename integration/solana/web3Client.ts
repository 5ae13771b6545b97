import type { SolanaChain } from "@sigil/testing/solana";
import type { Signature } from "@solana/kit";
import {
  type AddressLookupTableAccount,
  Connection,
  type PublicKey,
  Transaction,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from "@solana/web3.js";
import { commitment } from "./kitClient.js";

type Lifetime =
  | { readonly blockhash: string; readonly lastValidBlockHeight: number }
  | {
      readonly minContextSlot: number;
      readonly nonceAccountPubkey: PublicKey;
      readonly nonceValue: string;
    };

/** What the tests do with web3.js. */
export function connectWeb3({ rpcUrl, wsUrl }: SolanaChain) {
  const connection = new Connection(rpcUrl, { commitment, wsEndpoint: wsUrl });

  const legacy = async (feePayer: PublicKey, ...instructions: TransactionInstruction[]) => {
    const lifetime = await connection.getLatestBlockhash();
    return new Transaction({ feePayer, ...lifetime }).add(...instructions);
  };
  const versioned = async (
    payerKey: PublicKey,
    instructions: TransactionInstruction[],
    tables: AddressLookupTableAccount[] = [],
  ) => {
    const { blockhash: recentBlockhash } = await connection.getLatestBlockhash();
    const message = new TransactionMessage({ payerKey, recentBlockhash, instructions });
    return new VersionedTransaction(message.compileToV0Message(tables));
  };
  /** Sends a signed transaction. Resolves once it is confirmed. */
  const send = async (
    transaction: Transaction | VersionedTransaction,
    lifetime?: Lifetime,
  ): Promise<Signature> => {
    const until = lifetime ?? (await connection.getLatestBlockhash());
    const signature = await connection.sendRawTransaction(transaction.serialize());
    const { value } = await connection.confirmTransaction({ signature, ...until });
    if (value.err !== null) throw new Error(`${signature} failed: ${JSON.stringify(value.err)}`);
    return signature as Signature;
  };
  return { connection, legacy, versioned, send };
}
