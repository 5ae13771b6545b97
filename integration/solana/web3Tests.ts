import {
  type Address,
  compileTransaction,
  getPublicKeyFromAddress,
  getTransactionEncoder,
  type SignatureBytes,
  signTransactionMessageWithSigners,
  verifySignature,
} from "@solana/kit";
import {
  Keypair,
  NONCE_ACCOUNT_LENGTH,
  type PublicKey,
  SystemProgram,
  Transaction,
  VersionedTransaction,
} from "@solana/web3.js";
import { getTransferSolInstruction } from "@solana-program/system";
import { expect, test } from "vitest";
import { feePerSignature } from "./kitClient.js";
import type { Stage } from "./stage.js";
import * as token from "./tokenInstructions.js";

const lamports = 3_000_000;
const amount = BigInt(lamports);
const somebody = (): PublicKey => Keypair.generate().publicKey;
const addressOf = (key: PublicKey): Address => key.toBase58() as Address;

/** What web3.js does with the appliance's wallet. Registers tests; `stage` is called once they run. */
export function web3Tests(stage: () => Stage): void {
  const transfer = (fromPubkey: PublicKey, toPubkey: PublicKey) =>
    SystemProgram.transfer({ fromPubkey, toPubkey, lamports });
  const make = {
    legacy: ({ web3, wallet }: Stage, to: PublicKey) =>
      web3.legacy(wallet.publicKey, transfer(wallet.publicKey, to)),
    0: ({ web3, wallet }: Stage, to: PublicKey) =>
      web3.versioned(wallet.publicKey, [transfer(wallet.publicKey, to)]),
  } as const;

  test.each(["legacy", 0] as const)("default: a transfer of version %s, fee included", async (version) => {
    const { kit, web3, wallet } = stage();
    const to = somebody();
    const before = await kit.balance(addressOf(wallet.publicKey));
    const transaction: Transaction | VersionedTransaction = await make[version](stage(), to);
    const signature = await web3.send(await wallet.signTransaction(transaction));
    const landed = await kit.landed(signature);
    expect(landed).toMatchObject({ error: null, version, signedBy: [wallet.publicKey.toBase58()] });
    expect(await kit.balance(addressOf(to))).toBe(amount);
    expect(await kit.balance(addressOf(wallet.publicKey))).toBe(before - amount - feePerSignature);
  });

  test("behavior: signAllTransactions, and all of them land", async () => {
    const { kit, web3, wallet } = stage();
    const to = [somebody(), somebody(), somebody()] as const;
    const transactions = await Promise.all([
      make.legacy(stage(), to[0]),
      make[0](stage(), to[1]),
      make.legacy(stage(), to[2]),
    ]);
    const signed = await wallet.signAllTransactions<Transaction | VersionedTransaction>(transactions);
    for (const signature of await Promise.all(signed.map((each) => web3.send(each)))) {
      const landed = await kit.landed(signature);
      expect(landed).toMatchObject({ error: null, signedBy: [wallet.publicKey.toBase58()] });
    }
    for (const each of to) expect(await kit.balance(addressOf(each))).toBe(amount);
  });

  test("behavior: a token is made, minted and transferred", async () => {
    const { kit, web3, wallet } = stage();
    const { publicKey: owner } = wallet;
    const mint = Keypair.generate();
    const recipient = somebody();
    const [from, to] = [token.accountOf(mint.publicKey, owner), token.accountOf(mint.publicKey, recipient)];
    const create = SystemProgram.createAccount({
      fromPubkey: owner,
      newAccountPubkey: mint.publicKey,
      lamports: await web3.connection.getMinimumBalanceForRentExemption(token.mintSize),
      space: token.mintSize,
      programId: token.programId,
    });
    const making = await web3.legacy(owner, create, token.initializeMint(mint.publicKey, owner, 2));
    making.partialSign(mint);
    const made = await web3.send(await wallet.signTransaction(making));
    expect(await kit.landed(made)).toMatchObject({
      error: null,
      signedBy: [`${owner}`, `${mint.publicKey}`],
    });

    const moving = await web3.versioned(owner, [
      token.openAccount(owner, mint.publicKey, owner),
      token.openAccount(owner, mint.publicKey, recipient),
      token.mintTo(mint.publicKey, from, owner, 1_000n),
      token.transfer(from, to, owner, 250n),
    ]);
    const moved = await web3.send(await wallet.signTransaction(moving));
    expect(await kit.landed(moved)).toMatchObject({ error: null, signedBy: [`${owner}`] });
    const balances = [from, to].map((each) => web3.connection.getTokenAccountBalance(each));
    expect((await Promise.all(balances)).map(({ value }) => value.amount)).toEqual(["750", "250"]);
  });

  test("behavior: a durable nonce waits for an owner who takes their time", async () => {
    const { kit, web3, wallet, sigil, asked } = stage();
    const { connection } = web3;
    const to = somebody();
    const nonceAccount = Keypair.generate();
    const account = {
      fromPubkey: wallet.publicKey,
      noncePubkey: nonceAccount.publicKey,
      authorizedPubkey: wallet.publicKey,
      lamports: await connection.getMinimumBalanceForRentExemption(NONCE_ACCOUNT_LENGTH),
    };
    const { instructions } = SystemProgram.createNonceAccount(account);
    const making = await web3.legacy(wallet.publicKey, ...instructions);
    making.partialSign(nonceAccount);
    await web3.send(await wallet.signTransaction(making));
    const nonceNow = async () => (await connection.getNonce(nonceAccount.publicKey))?.nonce ?? "";
    const nonce = await nonceNow();

    sigil.phone.decision = "wait";
    const nonceInfo = { nonce, nonceInstruction: SystemProgram.nonceAdvance(account) };
    const transaction = new Transaction({ feePayer: wallet.publicKey, nonceInfo });
    const signing = wallet.signTransaction(transaction.add(transfer(wallet.publicKey, to)));
    const request = await asked();
    // The chain goes on meanwhile, and the transaction names none of its blocks.
    const { blockhash } = await kit.latestBlockhash();
    await expect.poll(async () => (await kit.latestBlockhash()).blockhash).not.toBe(blockhash);
    await request.approve();
    const lifetime = { minContextSlot: 0, nonceAccountPubkey: nonceAccount.publicKey, nonceValue: nonce };
    const signature = await web3.send(await signing, lifetime);
    const landed = await kit.landed(signature);
    expect(landed).toMatchObject({ error: null, lifetime: nonce, signedBy: [`${wallet.publicKey}`] });
    expect(await kit.balance(addressOf(to))).toBe(amount);
    expect(await nonceNow()).not.toBe(nonce);
  });

  test.each(["before", "after"])(
    "behavior: two signers: the appliance pays, a local key pair signs %s it",
    async (when) => {
      const { kit, web3, wallet, localKeypair } = stage();
      const to = somebody();
      const transaction = await web3.legacy(wallet.publicKey, transfer(localKeypair.publicKey, to));
      if (when === "before") transaction.partialSign(localKeypair);
      await wallet.signTransaction(transaction);
      if (when === "after") transaction.partialSign(localKeypair);
      const signedBy = [`${wallet.publicKey}`, `${localKeypair.publicKey}`];
      expect(await kit.landed(await web3.send(transaction))).toMatchObject({ error: null, signedBy });
      expect(await kit.balance(addressOf(to))).toBe(amount);
    },
  );

  test.each(["before", "after"])(
    "behavior: two signers: a local key pair pays and signs %s the appliance",
    async (when) => {
      const { kit, web3, wallet, localKeypair } = stage();
      const to = somebody();
      const transaction = await web3.versioned(localKeypair.publicKey, [transfer(wallet.publicKey, to)]);
      const before = await kit.balance(addressOf(wallet.publicKey));
      if (when === "before") transaction.sign([localKeypair]);
      await wallet.signTransaction(transaction);
      if (when === "after") transaction.sign([localKeypair]);
      const signedBy = [`${localKeypair.publicKey}`, `${wallet.publicKey}`];
      expect(await kit.landed(await web3.send(transaction))).toMatchObject({ error: null, signedBy });
      expect(await kit.balance(addressOf(to))).toBe(amount);
      expect(await kit.balance(addressOf(wallet.publicKey))).toBe(before - amount);
    },
  );

  test("behavior: one transaction signed by kit and by web3.js is the same bytes", async () => {
    const { kit, web3, signer, wallet } = stage();
    const destination = addressOf(somebody());
    const transfer = getTransferSolInstruction({ source: signer, destination, amount });
    const message = await kit.messageOf(signer, [transfer]);
    const encode = getTransactionEncoder().encode;
    const unsigned = new Uint8Array(encode(compileTransaction(message)));
    const signed = await wallet.signTransaction(VersionedTransaction.deserialize(unsigned));
    expect(signed.serialize()).toEqual(
      new Uint8Array(encode(await signTransactionMessageWithSigners(message))),
    );
    await web3.send(signed);
    expect(await kit.balance(destination)).toBe(amount);
  });

  test("behavior: a message's signature verifies", async () => {
    const { wallet } = stage();
    const message = new TextEncoder().encode("I agree. ✓");
    const signature = (await wallet.signMessage(message)) as SignatureBytes;
    const key = await getPublicKeyFromAddress(addressOf(wallet.publicKey));
    expect(await verifySignature(key, signature, message)).toBe(true);
  });
}
