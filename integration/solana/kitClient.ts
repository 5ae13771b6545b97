import type { SolanaChain } from "@sigil/testing/solana";
import {
  type Address,
  airdropFactory,
  appendTransactionMessageInstructions,
  assertIsSendableTransaction,
  assertIsTransactionWithBlockhashLifetime,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  createTransactionMessage,
  generateKeyPairSigner,
  getBase64Encoder,
  getCompiledTransactionMessageDecoder,
  getPublicKeyFromAddress,
  getSignatureFromTransaction,
  getTransactionDecoder,
  type Instruction,
  lamports,
  pipe,
  type Signature,
  sendAndConfirmTransactionFactory,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
  type TransactionSigner,
  verifySignature,
} from "@solana/kit";

export const commitment = "confirmed";
/** What the chain takes for each signature of a transaction. */
export const feePerSignature = 5_000n;

const sol = 1_000_000_000n;

/** What the tests do with kit, and how they look at the chain. */
export function connectKit({ rpcUrl, wsUrl }: SolanaChain) {
  const rpc = createSolanaRpc(rpcUrl);
  const rpcSubscriptions = createSolanaRpcSubscriptions(wsUrl);
  const airdrop = airdropFactory({ rpc, rpcSubscriptions });
  const sendAndConfirm = sendAndConfirmTransactionFactory({ rpc, rpcSubscriptions });

  const latestBlockhash = async () => (await rpc.getLatestBlockhash({ commitment }).send()).value;
  const balance = async (address: Address): Promise<bigint> =>
    (await rpc.getBalance(address, { commitment }).send()).value;
  const fund = (recipientAddress: Address) =>
    airdrop({ commitment, lamports: lamports(10n * sol), recipientAddress });
  const rentFor = (bytes: bigint) => rpc.getMinimumBalanceForRentExemption(bytes).send();

  const messageOf = async (payer: TransactionSigner, instructions: readonly Instruction[]) => {
    const lifetime = await latestBlockhash();
    return pipe(
      createTransactionMessage({ version: 0 }),
      (message) => setTransactionMessageFeePayerSigner(payer, message),
      (message) => setTransactionMessageLifetimeUsingBlockhash(lifetime, message),
      (message) => appendTransactionMessageInstructions(instructions, message),
    );
  };
  const legacyMessageOf = async (payer: TransactionSigner, instructions: readonly Instruction[]) => {
    const lifetime = await latestBlockhash();
    return pipe(
      createTransactionMessage({ version: "legacy" }),
      (message) => setTransactionMessageFeePayerSigner(payer, message),
      (message) => setTransactionMessageLifetimeUsingBlockhash(lifetime, message),
      (message) => appendTransactionMessageInstructions(instructions, message),
    );
  };
  /** Has it signed by all its signers and sends it. Resolves once it is confirmed. */
  const send = async (
    message: Parameters<typeof signTransactionMessageWithSigners>[0],
  ): Promise<Signature> => {
    const transaction = await signTransactionMessageWithSigners(message);
    assertIsSendableTransaction(transaction);
    assertIsTransactionWithBlockhashLifetime(transaction);
    await sendAndConfirm(transaction, { commitment });
    return getSignatureFromTransaction(transaction);
  };

  /** What the chain has of a transaction: what it is, and whose signatures of it verify. */
  const landed = async (signature: Signature) => {
    const config = { commitment, encoding: "base64", maxSupportedTransactionVersion: 0 } as const;
    const found = await rpc.getTransaction(signature, config).send();
    if (found === null) throw new Error(`${signature} is not on the chain.`);
    const { messageBytes, signatures } = getTransactionDecoder().decode(
      getBase64Encoder().encode(found.transaction[0]),
    );
    const signedBy: string[] = [];
    for (const [address, bytes] of Object.entries(signatures)) {
      const key = await getPublicKeyFromAddress(address as Address);
      if (bytes !== null && (await verifySignature(key, bytes, messageBytes))) signedBy.push(address);
    }
    const { version, lifetimeToken: lifetime } = getCompiledTransactionMessageDecoder().decode(messageBytes);
    const fromTables = found.meta?.loadedAddresses.writable;
    return { error: found.meta?.err, version, lifetime, signedBy, fromTables };
  };

  return {
    rpc,
    rpcSubscriptions,
    latestBlockhash,
    balance,
    fund,
    rentFor,
    messageOf,
    legacyMessageOf,
    send,
    landed,
  };
}

/** An address that nobody has used. */
export const freshAddress = async (): Promise<Address> => (await generateKeyPairSigner()).address;
