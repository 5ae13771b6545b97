import { ConfigError, SignError } from "@sigil/astrotrain";
import { ed25519DeviceSign } from "@sigil/testing/ed25519Device";
import { rounds } from "@sigil/testing/promises";
import {
  compileTransaction,
  createKeyPairSignerFromPrivateKeyBytes,
  getTransactionEncoder,
} from "@solana/kit";
import {
  Keypair,
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
} from "@solana/web3.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { address, clientOf, seed } from "../../test/appliance.js";
import { messageOf } from "../../test/messages.js";
import { TransactionChangedError } from "./TransactionChangedError.js";
import { toSigilWallet } from "./toSigilWallet.js";

const oracle = Keypair.fromSeed(seed);
const other = Keypair.fromSeed(new Uint8Array(32).fill(8));
const recentBlockhash = "EkSnNWid2cvwEVnVx9aBqawnmiCNiDgp3gUdkDPTKN1N";

const transfer = (lamports: bigint | number = 1) =>
  SystemProgram.transfer({ fromPubkey: oracle.publicKey, toPubkey: other.publicKey, lamports });

const legacy = (lamports: bigint | number = 1, feePayer = oracle.publicKey): Transaction =>
  new Transaction({ feePayer, blockhash: recentBlockhash, lastValidBlockHeight: 100 }).add(
    transfer(lamports),
  );

const versioned = (lamports: bigint | number = 1, payerKey = oracle.publicKey): VersionedTransaction =>
  new VersionedTransaction(
    new TransactionMessage({
      payerKey,
      recentBlockhash,
      instructions: [transfer(lamports)],
    }).compileToV0Message(),
  );

const walletOf = (options: Partial<Parameters<typeof toSigilWallet>[0]> = {}) =>
  toSigilWallet({ client: clientOf().client, address, ...options });

describe("toSigilWallet", () => {
  test.each([
    ["requireFreshnes", "requireFreshness"],
    ["allowTransactionsMessages", "allowTransactionMessages"],
    ["AllowTransactionMessages", "allowTransactionMessages"],
    ["chian", "chain"],
  ])("behavior: %s is refused, since %s is meant", (field, meant) => {
    const error = new ConfigError(field, `is no option; ${meant} is one. Mend its name.`);
    expect(() => toSigilWallet({ client: clientOf().client, address, [field]: true })).toThrow(error);
  });

  test("default", () => {
    const wallet = walletOf();
    expect(wallet.publicKey.equals(oracle.publicKey)).toBe(true);
    expect(Object.isFrozen(wallet)).toBe(true);
    expect(Object.keys(wallet).sort()).toEqual([
      "publicKey",
      "signAllTransactions",
      "signMessage",
      "signTransaction",
    ]);
  });

  test("parameters: address as a PublicKey; pairId and chain go along", async () => {
    const { client, asked } = clientOf();
    const wallet = walletOf({ client, address: new PublicKey(address), pairId: "p-1", chain: "solana" });
    await wallet.signMessage(new Uint8Array([1]));
    expect(asked).toMatchObject([{ address, algo: "ed25519", pairId: "p-1", chain: "solana" }]);
  });

  test("behavior: random transactions get what a Keypair gives", { timeout: 120_000 }, async () => {
    const wallet = walletOf();
    const lamports = fc.bigInt({ min: 0n, max: 2n ** 63n });
    const property = fc.asyncProperty(lamports, fc.constantFrom("legacy", "v0"), async (amount, version) => {
      if (version === "legacy") {
        const theirs = legacy(amount);
        theirs.sign(oracle);
        const ours = legacy(amount);
        expect(await wallet.signTransaction(ours)).toBe(ours);
        expect(ours.serialize()).toEqual(theirs.serialize());
      } else {
        const theirs = versioned(amount);
        theirs.sign([oracle]);
        const ours = versioned(amount);
        expect(await wallet.signTransaction(ours)).toBe(ours);
        expect(ours.serialize()).toEqual(theirs.serialize());
      }
    });
    await fc.assert(property, { numRuns: Math.max(100, rounds(1000)) });
  });

  test("behavior: a co-signature that is there stays", async () => {
    const ours = legacy(1, other.publicKey);
    ours.partialSign(other);
    await walletOf().signTransaction(ours);
    expect(ours.verifySignatures()).toBe(true);
    const v0 = versioned(1, other.publicKey);
    v0.sign([other]);
    const before = v0.signatures[0];
    await walletOf().signTransaction(v0);
    expect(v0.signatures[0]).toEqual(before);
    expect(v0.signatures[1]).toEqual(ed25519DeviceSign(v0.message.serialize()));
  });

  test("behavior: two wallets sign one transaction at the same time", async () => {
    const second = toSigilWallet({
      client: clientOf((payload) => ed25519DeviceSign(payload, new Uint8Array(32).fill(8))).client,
      address: other.publicKey,
    });
    const transaction = legacy(1, other.publicKey);
    await Promise.all([walletOf().signTransaction(transaction), second.signTransaction(transaction)]);
    expect(transaction.verifySignatures()).toBe(true);
  });

  type Either = Transaction & VersionedTransaction;
  const changes: readonly (readonly [string, () => unknown, (transaction: Either) => unknown])[] = [
    ["legacy", legacy, (transaction) => transaction.add(transfer(2))],
    ["a legacy blockhash", legacy, (transaction) => Object.assign(transaction, { recentBlockhash: address })],
    ["v0", versioned, (transaction) => transaction.message.compiledInstructions.pop()],
  ];
  test.each(changes)(
    "behavior: %s that changes while the user is looking is refused",
    async (_, make, change) => {
      let release: () => void = () => {};
      const { client } = clientOf();
      const slow: typeof client = {
        sign: (options) =>
          new Promise((resolve) => {
            release = () => resolve(client.sign(options));
          }),
      };
      const transaction = make() as Either;
      const signing = walletOf({ client: slow }).signTransaction(transaction);
      change(transaction);
      release();
      await expect(signing).rejects.toBeInstanceOf(TransactionChangedError);
      // A legacy transaction's slot holds null, a version 0 one's zeros.
      const signatures: readonly unknown[] = transaction.signatures;
      for (const each of signatures) {
        const signature =
          each instanceof Uint8Array ? each : (each as { signature: Uint8Array | null }).signature;
        expect(signature?.some((byte) => byte !== 0) ?? false).toBe(false);
      }
    },
  );

  test("behavior: all or nothing", async () => {
    let prompts = 0;
    const refused = new SignError("no", { kind: "http", status: 403, body: "", code: "user_rejected" });
    const { client } = clientOf();
    const declinesSecond: typeof client = {
      sign: (options) => (++prompts === 2 ? Promise.reject(refused) : client.sign(options)),
    };
    const list = [legacy(1), legacy(2), legacy(3)];
    await expect(walletOf({ client: declinesSecond }).signAllTransactions(list)).rejects.toBe(refused);
    expect(prompts).toBe(2);
    for (const { signatures } of list)
      expect(signatures.every(({ signature }) => signature === null)).toBe(true);
  });

  test("behavior: where one takes no signature, none is added", async () => {
    const frozen = versioned(2);
    Object.freeze(frozen.signatures);
    const list = [legacy(1), versioned(1), frozen];
    await expect(walletOf().signAllTransactions(list)).rejects.toThrow(TypeError);
    expect((list[0] as Transaction).signatures.every(({ signature }) => signature === null)).toBe(true);
    expect((list[1] as VersionedTransaction).signatures[0]).toEqual(new Uint8Array(64));
  });

  test("behavior: an object that stands in the list twice is asked for once", async () => {
    const { client, asked } = clientOf();
    const twice = legacy(1);
    expect(await walletOf({ client }).signAllTransactions([twice, twice])).toEqual([twice, twice]);
    expect(asked).toHaveLength(1);
  });

  test.each(["hello", undefined, null, {}, 32])(
    "behavior: message %o is no bytes, and is not asked for",
    async (message) => {
      const { client, asked } = clientOf();
      await expect(walletOf({ client }).signMessage(message as never)).rejects.toMatchObject({
        field: "message",
      });
      expect(asked).toHaveLength(0);
    },
  );

  test("behavior: many at once, legacy and v0, in order, the same objects", async () => {
    const list = [legacy(1), versioned(2), legacy(3)];
    const signed = await walletOf().signAllTransactions(list);
    expect(signed.map((each, i) => each === list[i])).toEqual([true, true, true]);
    expect((list[0] as Transaction).verifySignatures()).toBe(true);
    expect((list[1] as VersionedTransaction).signatures[0]).toEqual(
      ed25519DeviceSign((list[1] as VersionedTransaction).message.serialize()),
    );
    expect(await walletOf().signAllTransactions([])).toEqual([]);
  });

  test("behavior: a transaction it is no signer of is refused, before the appliance is asked", async () => {
    const { client, asked } = clientOf();
    const foreign = new Transaction({
      feePayer: other.publicKey,
      blockhash: recentBlockhash,
      lastValidBlockHeight: 1,
    }).add(SystemProgram.transfer({ fromPubkey: other.publicKey, toPubkey: oracle.publicKey, lamports: 1 }));
    const signing = walletOf({ client }).signAllTransactions([legacy(), foreign]);
    await expect(signing).rejects.toMatchObject({ name: "ConfigError", field: "transaction" });
    expect(asked).toHaveLength(0);
  });

  test("behavior: version 1 is refused, and told where it works", async () => {
    const payer = await createKeyPairSignerFromPrivateKeyBytes(seed);
    const wire = getTransactionEncoder().encode(compileTransaction(messageOf(1, payer)));
    const transaction = VersionedTransaction.deserialize(new Uint8Array(wire));
    await expect(walletOf().signTransaction(transaction)).rejects.toThrow(/@solana\/kit/);
  });

  test("behavior: message bytes that are a transaction are refused unless allowed", async () => {
    const { client, asked } = clientOf();
    for (const bytes of [legacy().serializeMessage(), versioned().message.serialize()]) {
      await expect(walletOf({ client }).signMessage(bytes)).rejects.toMatchObject({ name: "ConfigError" });
      const allowed = walletOf({ allowTransactionMessages: true });
      expect(await allowed.signMessage(bytes)).toEqual(ed25519DeviceSign(new Uint8Array(bytes)));
    }
    expect(asked).toHaveLength(0);
  });

  test("behavior: a message changed after the call was signed as it was", async () => {
    const message = new TextEncoder().encode("hello");
    const signing = walletOf().signMessage(message);
    message.fill(0);
    expect(await signing).toEqual(ed25519DeviceSign(new TextEncoder().encode("hello")));
  });

  test.each(["", "0xf39F", address.slice(4), undefined, 7])("behavior: address %j is refused", (bad) => {
    expect(() => walletOf({ address: bad as never })).toThrow(/address/);
  });
});
