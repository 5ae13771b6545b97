import { checkClient, type NamesOf, refuseMisspelt, type SigningClient } from "@sigil/astrotrain/adapter";
import {
  type Address,
  address as assertAddress,
  getAddressEncoder,
  getCompiledTransactionMessageDecoder,
  type MessagePartialSigner,
  type SignatureBytes,
  type SignatureDictionary,
  SOLANA_ERROR__TRANSACTION__ADDRESSES_CANNOT_SIGN_TRANSACTION,
  SolanaError,
  type Transaction,
  type TransactionPartialSigner,
} from "@solana/kit";
import { copyBytes } from "../internal/copyBytes.js";
import { type FreshnessOption, requireFreshMessage, requireFreshTransaction } from "../internal/freshness.js";
import { refuseTransaction } from "../internal/refuseTransaction.js";
import { type SolanaWallet, signBytes } from "../internal/signBytes.js";
import { signerNames } from "../internal/signerNames.js";
import { strictVerifier } from "../internal/strictVerifier.js";

export type ToSigilSignerOptions<TAddress extends string = string> = FreshnessOption & {
  readonly client: SigningClient;
  /** The wallet's address, from `getEnabledWallets`. */
  readonly address: TAddress;
  readonly pairId?: string | undefined;
  /** Octane's name for the chain. */
  readonly chain?: string | undefined;
  /** Lets `signMessages` sign bytes that are a transaction's message. @defaultValue false */
  readonly allowTransactionMessages?: boolean | undefined;
};

/** Signs bytes as they are and changes nothing, so kit may ask it beside other signers. */
export type SigilSigner<TAddress extends string = string> = MessagePartialSigner<TAddress> &
  TransactionPartialSigner<TAddress>;

/**
 * Makes a kit signer of a Solana wallet on a Sigil appliance, for fees, for instructions, or for off-chain messages.
 *
 * All inputs are checked and copied before the appliance is asked; then its owner is asked once for each, one after the
 * other, and each signature is verified as the chain does it. An abort rejects with the signal's reason, as kit's own
 * signers do; what octane or the user refuses is astrotrain's `SignError`.
 *
 * The signer is a frozen literal. Kit tells signers of one address apart by their properties alone: where two were made
 * with different `pairId`s, it uses the first.
 *
 * @throws SolanaError when `address` is not an address.
 * @throws ConfigError when `client` is wrong, or an option's name is misspelt.
 * @example
 * ```ts
 * const signer = toSigilSigner({ client, address: entry.address, pairId });
 * const message = setTransactionMessageFeePayerSigner(signer, createTransactionMessage({ version: 0 }));
 * ```
 */
export function toSigilSigner<TAddress extends string>(
  options: ToSigilSignerOptions<TAddress>,
): SigilSigner<TAddress> {
  const { client, pairId, chain, allowTransactionMessages = false, requireFreshness = false } = options ?? {};
  checkClient(client);
  refuseMisspelt(options, signerNames satisfies NamesOf<ToSigilSignerOptions>);
  const address = assertAddress(options.address);
  const verify = strictVerifier(new Uint8Array(getAddressEncoder().encode(address)));
  const wallet: SolanaWallet = { client, address, verify, pairId, chain };
  return Object.freeze<SigilSigner<TAddress>>({
    address,
    signMessages: async (messages, config) => {
      const contents = messages.map(({ content }, i) => copyBytes(`messages[${i}].content`, content));
      for (const [i, content] of contents.entries()) {
        if (!allowTransactionMessages) refuseTransaction(`messages[${i}]`, content);
        if (requireFreshness) requireFreshMessage(`messages[${i}]`, content);
      }
      return signEach(wallet, contents, config?.abortSignal);
    },
    signTransactions: async (transactions, config) => {
      const contents = transactions.map(({ messageBytes }, i) =>
        copyBytes(`transactions[${i}].messageBytes`, messageBytes),
      );
      for (const [i, transaction] of transactions.entries()) assertSigns(address, transaction, contents[i]);
      if (requireFreshness) {
        for (const [i, content] of contents.entries()) requireFreshTransaction(`transactions[${i}]`, content);
      }
      return signEach(wallet, contents, config?.abortSignal);
    },
  });
}

/** One after the other, so that a user who declines the first is not asked for the next. */
async function signEach(
  wallet: SolanaWallet,
  contents: readonly Uint8Array[],
  abortSignal: AbortSignal | undefined,
): Promise<readonly SignatureDictionary[]> {
  const dictionaries: SignatureDictionary[] = [];
  for (const content of contents) {
    abortSignal?.throwIfAborted();
    const signature = await signBytes(wallet, content, abortSignal).catch((error: unknown) => {
      // Kit expects the signal's own reason, not an error around it.
      abortSignal?.throwIfAborted();
      throw error;
    });
    abortSignal?.throwIfAborted();
    dictionaries.push(Object.freeze({ [wallet.address]: signature as SignatureBytes }));
  }
  return dictionaries;
}

/**
 * By the map of signatures, where kit itself would merge one that the transaction has no place for, and by the bytes
 * that are to be signed, which the map might not belong to.
 */
function assertSigns(
  address: Address,
  { signatures }: Transaction,
  messageBytes: Uint8Array | undefined,
): void {
  const { header, staticAccounts } = getCompiledTransactionMessageDecoder().decode(
    messageBytes ?? new Uint8Array(),
  );
  const signers = staticAccounts.slice(0, header.numSignerAccounts);
  if (Object.hasOwn(signatures, address) && signers.includes(address)) return;
  throw new SolanaError(SOLANA_ERROR__TRANSACTION__ADDRESSES_CANNOT_SIGN_TRANSACTION, {
    expectedAddresses: signers,
    unexpectedAddresses: [address],
  });
}
