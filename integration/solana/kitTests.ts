import {
  type Address,
  appendTransactionMessageInstructions,
  assertIsTransactionWithDurableNonceLifetime,
  createTransactionMessage,
  generateKeyPairSigner,
  getSignatureFromTransaction,
  type Nonce,
  pipe,
  sendAndConfirmDurableNonceTransactionFactory,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingDurableNonce,
  signOffchainMessageWithSigners,
  signTransactionMessageWithSigners,
  type TransactionSigner,
  verifyOffchainMessageEnvelope,
} from "@solana/kit";
import {
  fetchNonce,
  getCreateAccountInstruction,
  getInitializeNonceAccountInstruction,
  getNonceSize,
  getTransferSolInstruction,
  SYSTEM_PROGRAM_ADDRESS,
} from "@solana-program/system";
import {
  fetchMint,
  fetchToken,
  findAssociatedTokenPda,
  getCreateAssociatedTokenInstructionAsync,
  getInitializeMint2Instruction,
  getMintSize,
  getMintToCheckedInstruction,
  getTransferCheckedInstruction,
  TOKEN_PROGRAM_ADDRESS,
} from "@solana-program/token";
import { expect, test } from "vitest";
import { commitment, feePerSignature, freshAddress } from "./kitClient.js";
import type { Stage } from "./stage.js";

const amount = 2_000_000n;

/** What kit does with the appliance's signers. Registers tests; `stage` is called once they run. */
export function kitTests(stage: () => Stage): void {
  const transfer = (source: TransactionSigner, destination: Address, lamports = amount) =>
    getTransferSolInstruction({ source, destination, amount: lamports });

  test.each(["legacy", 0] as const)("default: a transfer of version %s, fee included", async (version) => {
    const { kit, signer } = stage();
    const to = await freshAddress();
    const before = await kit.balance(signer.address);
    const instructions = [transfer(signer, to)];
    const message =
      version === 0
        ? await kit.messageOf(signer, instructions)
        : await kit.legacyMessageOf(signer, instructions);
    const landed = await kit.landed(await kit.send(message));
    expect(landed).toMatchObject({ error: null, version, signedBy: [signer.address] });
    expect(await kit.balance(to)).toBe(amount);
    expect(await kit.balance(signer.address)).toBe(before - amount - feePerSignature);
  });

  test("behavior: concurrent transfers all arrive", async () => {
    const { kit, signer } = stage();
    const to = await freshAddress();
    const messages = [1n, 2n, 3n].map((each) => kit.messageOf(signer, [transfer(signer, to, amount + each)]));
    const signatures = await Promise.all((await Promise.all(messages)).map(kit.send));
    for (const signature of signatures) {
      expect(await kit.landed(signature)).toMatchObject({ error: null, signedBy: [signer.address] });
    }
    expect(await kit.balance(to)).toBe(3n * amount + 6n);
  });

  test("behavior: a token is made, minted and transferred", async () => {
    const { kit, signer } = stage();
    const owner = await freshAddress();
    const mint = await generateKeyPairSigner();
    const space = BigInt(getMintSize());
    const ofMint = { mint: mint.address, tokenProgram: TOKEN_PROGRAM_ADDRESS };
    const [from] = await findAssociatedTokenPda({ owner: signer.address, ...ofMint });
    const [to] = await findAssociatedTokenPda({ owner, ...ofMint });
    const create = getCreateAccountInstruction({
      payer: signer,
      newAccount: mint,
      lamports: await kit.rentFor(space),
      space,
      programAddress: TOKEN_PROGRAM_ADDRESS,
    });
    const initialize = getInitializeMint2Instruction({
      ...ofMint,
      decimals: 2,
      mintAuthority: signer.address,
    });
    const made = await kit.send(await kit.messageOf(signer, [create, initialize]));
    expect(await kit.landed(made)).toMatchObject({ error: null, signedBy: [signer.address, mint.address] });

    const openFrom = await getCreateAssociatedTokenInstructionAsync({
      payer: signer,
      owner: signer.address,
      ...ofMint,
    });
    const mintTo = getMintToCheckedInstruction({
      ...ofMint,
      token: from,
      mintAuthority: signer,
      amount: 1_000n,
      decimals: 2,
    });
    await kit.send(await kit.messageOf(signer, [openFrom, mintTo]));
    expect((await fetchMint(kit.rpc, mint.address, { commitment })).data.supply).toBe(1_000n);

    const openTo = await getCreateAssociatedTokenInstructionAsync({ payer: signer, owner, ...ofMint });
    const move = getTransferCheckedInstruction({
      ...ofMint,
      source: from,
      destination: to,
      authority: signer,
      amount: 250n,
      decimals: 2,
    });
    const moved = await kit.send(await kit.messageOf(signer, [openTo, move]));
    expect(await kit.landed(moved)).toMatchObject({ error: null, signedBy: [signer.address] });
    const [left, arrived] = await Promise.all(
      [from, to].map((each) => fetchToken(kit.rpc, each, { commitment })),
    );
    expect(left?.data).toMatchObject({ amount: 750n, owner: signer.address });
    expect(arrived?.data).toMatchObject({ amount: 250n, owner });
  });

  test("behavior: a durable nonce waits for an owner who takes their time", async () => {
    const { kit, signer, sigil, asked } = stage();
    const to = await freshAddress();
    const account = await generateKeyPairSigner();
    const space = BigInt(getNonceSize());
    const create = getCreateAccountInstruction({
      payer: signer,
      newAccount: account,
      lamports: await kit.rentFor(space),
      space,
      programAddress: SYSTEM_PROGRAM_ADDRESS,
    });
    const nonceAccount = account.address;
    const initialize = getInitializeNonceAccountInstruction({ nonceAccount, nonceAuthority: signer.address });
    await kit.send(await kit.messageOf(signer, [create, initialize]));
    const nonceNow = async () => (await fetchNonce(kit.rpc, nonceAccount, { commitment })).data.blockhash;
    const nonce = await nonceNow();

    sigil.phone.decision = "wait";
    const signing = pipe(
      createTransactionMessage({ version: 0 }),
      (message) => setTransactionMessageFeePayerSigner(signer, message),
      (message) =>
        setTransactionMessageLifetimeUsingDurableNonce(
          {
            nonce: nonce as string as Nonce,
            nonceAccountAddress: nonceAccount,
            nonceAuthorityAddress: signer.address,
          },
          message,
        ),
      (message) => appendTransactionMessageInstructions([transfer(signer, to)], message),
      signTransactionMessageWithSigners,
    );
    const request = await asked();
    // The chain goes on meanwhile, and the transaction names none of its blocks.
    const { blockhash } = await kit.latestBlockhash();
    await expect.poll(async () => (await kit.latestBlockhash()).blockhash).not.toBe(blockhash);
    await request.approve();
    const signed = await signing;
    assertIsTransactionWithDurableNonceLifetime(signed);
    await sendAndConfirmDurableNonceTransactionFactory(kit)(signed, { commitment });
    const landed = await kit.landed(getSignatureFromTransaction(signed));
    expect(landed).toMatchObject({ error: null, lifetime: nonce, signedBy: [signer.address] });
    expect(await kit.balance(to)).toBe(amount);
    expect(await nonceNow()).not.toBe(nonce);
  });

  const pairs: Record<string, (stage: Stage) => readonly [TransactionSigner, TransactionSigner]> = {
    "the appliance pays, a local key pair sends": ({ signer, local }) => [signer, local],
    "a local key pair pays, the appliance sends": ({ signer, local }) => [local, signer],
    "one wallet of the appliance pays, another sends": ({ signer, secondSigner }) => [signer, secondSigner],
  };

  test.each(Object.entries(pairs))("behavior: two signers: %s", async (_, chooseFrom) => {
    const { kit } = stage();
    const [payer, source] = chooseFrom(stage());
    const to = await freshAddress();
    const [paid, sent] = [await kit.balance(payer.address), await kit.balance(source.address)];
    const signature = await kit.send(await kit.messageOf(payer, [transfer(source, to)]));
    expect(await kit.landed(signature)).toMatchObject({
      error: null,
      signedBy: [payer.address, source.address],
    });
    expect(await kit.balance(to)).toBe(amount);
    expect(await kit.balance(payer.address)).toBe(paid - 2n * feePerSignature);
    expect(await kit.balance(source.address)).toBe(sent - amount);
  });

  test("behavior: an off-chain message of two signers is what kit verifies", async () => {
    const { signer, local } = stage();
    const requiredSignatories = [signer, local];
    const message = { version: 1, content: "I agree. ✓", requiredSignatories } as const;
    const envelope = await signOffchainMessageWithSigners(message);
    expect(Object.keys(envelope.signatures).sort()).toEqual([signer.address, local.address].sort());
    await expect(verifyOffchainMessageEnvelope(envelope)).resolves.toBeUndefined();
    const { [signer.address]: ours = null, [local.address]: theirs = null } = envelope.signatures;
    const forged = { ...envelope, signatures: { [signer.address]: theirs, [local.address]: ours } };
    await expect(verifyOffchainMessageEnvelope(forged)).rejects.toThrow();
  });
}
