import {
  appendTransactionMessageInstruction,
  assertIsTransactionWithDurableNonceLifetime,
  createTransactionMessage,
  generateKeyPairSigner,
  getBase64EncodedWireTransaction,
  isSolanaError,
  type KeyPairSigner,
  lamports,
  type Nonce,
  pipe,
  SOLANA_ERROR__BLOCK_HEIGHT_EXCEEDED,
  SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE,
  SOLANA_ERROR__TRANSACTION_ERROR__ALREADY_PROCESSED,
  SOLANA_ERROR__TRANSACTION_ERROR__BLOCKHASH_NOT_FOUND,
  SOLANA_ERROR__TRANSACTION_ERROR__SIGNATURE_FAILURE,
  sendAndConfirmDurableNonceTransactionFactory,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingDurableNonce,
  signTransactionMessageWithSigners,
  type Transaction,
} from "@solana/kit";
import {
  fetchNonce,
  getCreateAccountInstruction,
  getInitializeNonceAccountInstruction,
  getTransferSolInstruction,
  SYSTEM_PROGRAM_ADDRESS,
} from "@solana-program/system";
import { beforeAll, expect, test } from "vitest";
import { connectKit, type KitClient } from "./clients.js";
import type { SolanaChain } from "./solanaChain.js";

const commitment = "confirmed";

/** What every chain must do for kit. Registers tests; `chain` is called once they run. */
export function kitSuite(chain: () => SolanaChain): void {
  let kit: KitClient;
  beforeAll(() => {
    kit = connectKit(chain());
  });

  const transfer = async (lifetime?: Awaited<ReturnType<KitClient["latest"]>>) => {
    const [source, destination] = await Promise.all([kit.fund(), generateKeyPairSigner()]);
    const amount = lamports(2_000_000n);
    const instruction = getTransferSolInstruction({ source, destination: destination.address, amount });
    return { to: destination.address, amount, signed: await kit.sign(source, instruction, lifetime) };
  };
  const send = (transaction: Transaction) =>
    kit.rpc.sendTransaction(getBase64EncodedWireTransaction(transaction), { encoding: "base64" }).send();

  test("kit: a transfer is confirmed", async () => {
    const { to, amount, signed } = await transfer();
    await kit.sendAndConfirm(signed, { commitment });
    expect(await kit.balance(to)).toBe(amount);
  });

  test("kit: the same transaction twice is refused", async () => {
    const { signed } = await transfer();
    await kit.sendAndConfirm(signed, { commitment });
    const error = await send(signed).catch((reason: unknown) => reason);
    expect(
      isSolanaError(error, SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE),
    ).toBe(true);
    const { cause } = error as Error;
    expect(isSolanaError(cause, SOLANA_ERROR__TRANSACTION_ERROR__ALREADY_PROCESSED)).toBe(true);
  });

  test("kit: a forged signature is refused", async () => {
    const { signed } = await transfer();
    const forge = (bytes: Uint8Array | null): Uint8Array =>
      (bytes ?? new Uint8Array()).map((byte) => byte ^ 1);
    const signatures = Object.entries(signed.signatures).map(([signer, bytes]) => [signer, forge(bytes)]);
    const forged = { ...signed, signatures: Object.fromEntries(signatures) } as Transaction;
    const error = await send(forged).catch((reason: unknown) => reason);
    const { cause } = error as Error;
    expect(isSolanaError(cause, SOLANA_ERROR__TRANSACTION_ERROR__SIGNATURE_FAILURE)).toBe(true);
  });

  test("kit: a blockhash that the chain does not have is refused", async () => {
    const { address: blockhash } = await generateKeyPairSigner();
    const lifetime = { blockhash: blockhash as string as never, lastValidBlockHeight: 1_000n };
    const { signed } = await transfer(lifetime);
    const error = await send(signed).catch((reason: unknown) => reason);
    const { cause } = error as Error;
    expect(isSolanaError(cause, SOLANA_ERROR__TRANSACTION_ERROR__BLOCKHASH_NOT_FOUND)).toBe(true);
  });

  test("kit: waiting ends when the block height passes the last valid one", async () => {
    const lifetime = { ...(await kit.latest()), lastValidBlockHeight: 0n };
    const { signed } = await transfer({
      ...lifetime,
      blockhash: (await generateKeyPairSigner()).address as never,
    });
    const waiting = kit.sendAndConfirm(signed, { commitment, skipPreflight: true });
    const error = await waiting.catch((reason: unknown) => reason);
    expect(isSolanaError(error, SOLANA_ERROR__BLOCK_HEIGHT_EXCEEDED)).toBe(true);
  });

  test("kit: a durable nonce carries a transfer", async () => {
    const payer = await kit.fund();
    const nonce = await makeNonce(kit, payer);
    const { address: destination } = await generateKeyPairSigner();
    const amount = lamports(2_000_000n);
    const signed = await pipe(
      createTransactionMessage({ version: "legacy" }),
      (message) => setTransactionMessageFeePayerSigner(payer, message),
      (message) => setTransactionMessageLifetimeUsingDurableNonce(nonce, message),
      (message) =>
        appendTransactionMessageInstruction(
          getTransferSolInstruction({ source: payer, destination, amount }),
          message,
        ),
      signTransactionMessageWithSigners,
    );
    assertIsTransactionWithDurableNonceLifetime(signed);
    await sendAndConfirmDurableNonceTransactionFactory(kit)(signed, { commitment });
    expect(await kit.balance(destination)).toBe(amount);
    expect((await fetchNonce(kit.rpc, nonce.nonceAccountAddress)).data.blockhash).not.toBe(nonce.nonce);
  });
}

async function makeNonce(kit: KitClient, payer: KeyPairSigner) {
  const account = await generateKeyPairSigner();
  const space = 80n;
  const rent = await kit.rpc.getMinimumBalanceForRentExemption(space).send();
  const create = getCreateAccountInstruction({
    payer,
    newAccount: account,
    lamports: rent,
    space,
    programAddress: SYSTEM_PROGRAM_ADDRESS,
  });
  await kit.sendAndConfirm(await kit.sign(payer, create), { commitment });
  const { address: nonceAccount } = account;
  const initialize = getInitializeNonceAccountInstruction({ nonceAccount, nonceAuthority: payer.address });
  await kit.sendAndConfirm(await kit.sign(payer, initialize), { commitment });
  const { blockhash } = (await fetchNonce(kit.rpc, nonceAccount)).data;
  const nonce = blockhash as string as Nonce;
  return { nonce, nonceAccountAddress: nonceAccount, nonceAuthorityAddress: payer.address };
}
