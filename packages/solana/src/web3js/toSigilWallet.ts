import { type AstrotrainClient, ConfigError } from "@sigil/astrotrain";
import { PublicKey, type Transaction, VersionedMessage, type VersionedTransaction } from "@solana/web3.js";
import { refuseTransactions } from "../internal/refuseTransactions.js";
import { type SolanaWallet, signBytes } from "../internal/signBytes.js";
import { checkClient } from "../internal/solanaEntries.js";
import { messageOf, TransactionChangedError } from "./messageOf.js";

export type ToSigilWalletOptions = {
  readonly client: Pick<AstrotrainClient, "sign">;
  /** The wallet's address, from `getEnabledWallets`. */
  readonly address: string | PublicKey;
  readonly pairId?: string | undefined;
  /** Octane's name for the chain. */
  readonly chain?: string | undefined;
  /** Lets `signMessage` sign bytes that are a transaction's message. @defaultValue false */
  readonly allowTransactionMessages?: boolean | undefined;
};

/** Fits Anchor's `Wallet` and wallet-adapter's signer props. */
export type SigilWallet = {
  readonly publicKey: PublicKey;
  /** Adds the signature to this very object and resolves with it; other signatures stay. */
  signTransaction<T extends Transaction | VersionedTransaction>(transaction: T): Promise<T>;
  /** All or none: signatures are added once the last one is there. */
  signAllTransactions<T extends Transaction | VersionedTransaction>(transactions: T[]): Promise<T[]>;
  /** Resolves with the 64-byte signature over the message as it is. */
  signMessage(message: Uint8Array): Promise<Uint8Array>;
};

/**
 * Makes a web3.js wallet of a Solana wallet on a Sigil appliance, for legacy and version 0 transactions.
 *
 * The appliance's owner is asked once for each transaction, and each signature is verified as the chain does it. A
 * transaction that changes while its owner is looking at it is refused with a {@link TransactionChangedError}. What
 * octane or the user refuses is astrotrain's `SignError`.
 *
 * @throws ConfigError when `client` or `address` is wrong.
 * @example
 * ```ts
 * const wallet = toSigilWallet({ client, address: entry.address, pairId });
 * const provider = new AnchorProvider(connection, wallet, {});
 * ```
 */
export function toSigilWallet(options: ToSigilWalletOptions): SigilWallet {
  const { client, pairId, chain, allowTransactionMessages = false } = options;
  checkClient(client);
  const publicKey = readAddress(options.address);
  const wallet: SolanaWallet = {
    client,
    address: publicKey.toBase58(),
    publicKey: publicKey.toBytes(),
    pairId,
    chain,
  };
  const signAllTransactions: SigilWallet["signAllTransactions"] = async (transactions) => {
    const list = [...transactions];
    const signatures = await signInTurn(wallet, list);
    for (const [i, transaction] of list.entries()) {
      transaction.addSignature(publicKey, signatures[i] as Buffer & Uint8Array);
    }
    return list;
  };
  return Object.freeze<SigilWallet>({
    publicKey,
    signAllTransactions,
    signTransaction: async (transaction) => {
      await signAllTransactions([transaction]);
      return transaction;
    },
    signMessage: async (message) => {
      const copy = new Uint8Array(message);
      if (!allowTransactionMessages) refuseTransactions([copy], VersionedMessage.deserialize);
      return signBytes(wallet, copy);
    },
  });
}

/** One after the other, so that a user who declines the first is not asked for the next. Adds nothing yet. */
async function signInTurn(
  wallet: SolanaWallet,
  transactions: readonly (Transaction | VersionedTransaction)[],
): Promise<Uint8Array[]> {
  const messages = transactions.map((transaction) => messageOf(transaction, wallet.address));
  const signatures: Uint8Array[] = [];
  for (const message of messages) signatures.push(await signBytes(wallet, message));
  for (const [i, transaction] of transactions.entries()) {
    const now = messageOf(transaction, wallet.address);
    if (!sameBytes(now, messages[i])) throw new TransactionChangedError();
  }
  return signatures;
}

function readAddress(address: unknown): PublicKey {
  try {
    return new PublicKey(typeof address === "string" ? address : (address as PublicKey).toBase58());
  } catch {
    throw new ConfigError("address", "must be a Solana address: base58 of 32 bytes, or a PublicKey.");
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array | undefined): boolean =>
  a.length === b?.length && a.every((byte, i) => byte === b[i]);
