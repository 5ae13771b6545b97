import { ConfigError } from "@sigil/astrotrain";
import { checkClient, type NamesOf, refuseMisspelt, type SigningClient } from "@sigil/astrotrain/adapter";
import { PublicKey, type Transaction, type VersionedTransaction } from "@solana/web3.js";
import { copyBytes } from "../internal/copyBytes.js";
import { type FreshnessOption, requireFreshMessage, requireFreshTransaction } from "../internal/freshness.js";
import { refuseTransaction } from "../internal/refuseTransaction.js";
import { type SolanaWallet, signBytes } from "../internal/signBytes.js";
import { signerNames } from "../internal/signerNames.js";
import { strictVerifier } from "../internal/strictVerifier.js";
import { addSignatures, type Signed } from "./addSignatures.js";
import { messageOf } from "./messageOf.js";

export type ToSigilWalletOptions = FreshnessOption & {
  readonly client: SigningClient;
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
 * @throws ConfigError when `client` or `address` is wrong, or an option's name is misspelt.
 * @example
 * ```ts
 * const wallet = toSigilWallet({ client, address: entry.address, pairId });
 * const provider = new AnchorProvider(connection, wallet, {});
 * ```
 */
export function toSigilWallet(options: ToSigilWalletOptions): SigilWallet {
  const { client, pairId, chain, allowTransactionMessages = false, requireFreshness = false } = options ?? {};
  checkClient(client);
  refuseMisspelt(options, signerNames satisfies NamesOf<ToSigilWalletOptions>);
  const publicKey = readAddress(options.address);
  const wallet: SolanaWallet = {
    client,
    address: publicKey.toBase58(),
    verify: strictVerifier(publicKey.toBytes()),
    pairId,
    chain,
  };
  const signAll = async (transactions: readonly AnyTransaction[]): Promise<void> => {
    // An object that stands in the list twice needs one signature.
    const messages = new Map(transactions.map((each) => [each, messageOf(each, wallet.address)] as const));
    if (requireFreshness) {
      for (const message of messages.values()) requireFreshTransaction("transaction", message);
    }
    const signed: Signed[] = [];
    // One after the other, so that a user who declines the first is not asked for the next.
    for (const [transaction, message] of messages) {
      signed.push({ transaction, message, signature: await signBytes(wallet, message) });
    }
    addSignatures(signed, publicKey);
  };
  return Object.freeze<SigilWallet>({
    publicKey,
    signTransaction: async (transaction) => {
      await signAll([transaction]);
      return transaction;
    },
    signAllTransactions: async (transactions) => {
      const list = [...transactions];
      await signAll(list);
      return list;
    },
    signMessage: async (message) => {
      const copy = copyBytes("message", message);
      if (!allowTransactionMessages) refuseTransaction("message", copy);
      if (requireFreshness) requireFreshMessage("message", copy);
      return signBytes(wallet, copy);
    },
  });
}

type AnyTransaction = Transaction | VersionedTransaction;

function readAddress(address: unknown): PublicKey {
  try {
    return new PublicKey(typeof address === "string" ? address : (address as PublicKey).toBase58());
  } catch {
    throw new ConfigError("address", "must be a Solana address: base58 of 32 bytes, or a PublicKey.");
  }
}
