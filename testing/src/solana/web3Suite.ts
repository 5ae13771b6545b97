import { fetchAddressesForLookupTables, address as toAddress } from "@solana/kit";
import {
  type AddressLookupTableAccount,
  AddressLookupTableProgram,
  type Connection,
  Keypair,
  NONCE_ACCOUNT_LENGTH,
  type PublicKey,
  SystemProgram,
  sendAndConfirmTransaction,
  Transaction,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from "@solana/web3.js";
import { beforeAll, expect, test } from "vitest";
import { connectKit, connectWeb3 } from "./clients.js";
import type { SolanaChain } from "./solanaChain.js";

/** What every chain must do for web3.js. Registers tests; `chain` is called once they run. */
export function web3Suite(chain: () => SolanaChain): void {
  let connection: Connection;
  let payer: Keypair;
  beforeAll(async () => {
    connection = connectWeb3(chain());
    payer = Keypair.generate();
    const signature = await connection.requestAirdrop(payer.publicKey, 10_000_000_000);
    await connection.confirmTransaction({ signature, ...(await connection.getLatestBlockhash()) });
  });

  const run = (...instructions: TransactionInstruction[]) => ({
    by: (...signers: Keypair[]) =>
      sendAndConfirmTransaction(connection, new Transaction().add(...instructions), [payer, ...signers]),
  });
  const transfer = (toPubkey: PublicKey): TransactionInstruction =>
    SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey, lamports: 3_000_000 });
  const somebody = (): PublicKey => Keypair.generate().publicKey;

  test("web3.js: a transfer is confirmed, and can be looked up", async () => {
    const to = somebody();
    const signature = await run(transfer(to)).by();
    expect(await connection.getBalance(to)).toBe(3_000_000);
    const found = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
    expect(found?.meta).toMatchObject({ err: null });
    expect(found?.transaction.message.getAccountKeys().get(1)?.equals(to)).toBe(true);
    const { value } = await connection.getSignatureStatus(signature);
    expect(value).toMatchObject({ err: null, slot: found?.slot });
  });

  test("web3.js: a program's refusal is an error with logs", async () => {
    const tooMuch = SystemProgram.transfer({
      fromPubkey: payer.publicKey,
      toPubkey: somebody(),
      lamports: 1e15,
    });
    await expect(run(tooMuch).by()).rejects.toMatchObject({
      transactionMessage: expect.stringContaining("custom program error: 0x1"),
      transactionLogs: expect.arrayContaining([expect.stringContaining("insufficient lamports")]),
    });
  });

  test("web3.js: simulates what nobody has signed", async () => {
    const { blockhash } = await connection.getLatestBlockhash();
    const message = new TransactionMessage({
      payerKey: payer.publicKey,
      recentBlockhash: blockhash,
      instructions: [transfer(somebody())],
    });
    const unsigned = new VersionedTransaction(message.compileToV0Message());
    const { value } = await connection.simulateTransaction(unsigned);
    expect(value).toMatchObject({ err: null, unitsConsumed: 150 });
    const verified = await connection.simulateTransaction(unsigned, { sigVerify: true }).catch(String);
    expect(JSON.stringify(verified)).toMatch(/signature/i);
  });

  test("web3.js: an address lookup table is made, extended, and used", async () => {
    const to = somebody();
    const recentSlot = await connection.getSlot("finalized");
    const authority = payer.publicKey;
    const [create, lookupTable] = AddressLookupTableProgram.createLookupTable({
      authority,
      payer: authority,
      recentSlot,
    });
    const addresses = [to];
    const extend = AddressLookupTableProgram.extendLookupTable({
      authority,
      payer: authority,
      lookupTable,
      addresses,
    });
    await run(create, extend).by();
    const table = await waitForTable(connection, lookupTable);
    const { blockhash, lastValidBlockHeight } = await connection.getLatestBlockhash();
    const message = new TransactionMessage({
      payerKey: authority,
      recentBlockhash: blockhash,
      instructions: [transfer(to)],
    });
    const transaction = new VersionedTransaction(message.compileToV0Message([table]));
    expect(transaction.message.addressTableLookups).toHaveLength(1);
    transaction.sign([payer]);
    const signature = await connection.sendTransaction(transaction);
    await connection.confirmTransaction({ signature, blockhash, lastValidBlockHeight });
    expect(await connection.getBalance(to)).toBe(3_000_000);
    const found = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
    expect(found?.meta?.loadedAddresses?.writable.map(String)).toEqual([`${to}`]);

    const { rpc } = connectKit(chain());
    const key = toAddress(`${lookupTable}`);
    expect(await fetchAddressesForLookupTables([key], rpc)).toEqual({ [key]: [`${to}`] });
  });

  test("web3.js: a durable nonce carries one transfer, and no second", async () => {
    const nonce = Keypair.generate();
    const account = {
      fromPubkey: payer.publicKey,
      noncePubkey: nonce.publicKey,
      authorizedPubkey: payer.publicKey,
    };
    const rent = await connection.getMinimumBalanceForRentExemption(NONCE_ACCOUNT_LENGTH);
    await run(...SystemProgram.createNonceAccount({ ...account, lamports: rent }).instructions).by(nonce);
    const before = await connection.getNonce(nonce.publicKey);
    const advance = SystemProgram.nonceAdvance(account);
    const signed = (to: PublicKey): Buffer => {
      const nonceInfo = { nonce: before?.nonce ?? "", nonceInstruction: advance };
      const transaction = new Transaction({ feePayer: payer.publicKey, nonceInfo }).add(transfer(to));
      transaction.sign(payer);
      return transaction.serialize();
    };
    const to = somebody();
    const signature = await connection.sendRawTransaction(signed(to));
    const lifetime = {
      minContextSlot: 0,
      nonceAccountPubkey: nonce.publicKey,
      nonceValue: before?.nonce ?? "",
    };
    await connection.confirmTransaction({ signature, ...lifetime });
    expect(await connection.getBalance(to)).toBe(3_000_000);
    expect((await connection.getNonce(nonce.publicKey))?.nonce).not.toBe(before?.nonce);
    await expect(connection.sendRawTransaction(signed(somebody()))).rejects.toThrow("Blockhash not found");
  });
}

// Its addresses can be used from the slot after that of their addition.
async function waitForTable(connection: Connection, key: PublicKey): Promise<AddressLookupTableAccount> {
  for (;;) {
    const { value } = await connection.getAddressLookupTable(key);
    const slot = await connection.getSlot();
    if (value !== null && slot > value.state.lastExtendedSlot) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
