import {
  type Blockhash,
  compileTransaction,
  createNoopSigner,
  createSignableMessage,
  type Nonce,
  setTransactionMessageLifetimeUsingBlockhash,
  setTransactionMessageLifetimeUsingDurableNonce,
  signOffchainMessageWithSigners,
} from "@solana/kit";
import {
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
} from "@solana/web3.js";
import { describe, expect, test } from "vitest";
import { address, clientOf } from "../test/appliance.js";
import { messageOf, someAddress } from "../test/messages.js";
import { lifetimeOf } from "./internal/isTransactionMessage.js";
import { toSigilSigner } from "./kit/toSigilSigner.js";
import { toSigilSigners } from "./kit/toSigilSigners.js";
import { toSigilWallet } from "./web3js/toSigilWallet.js";
import { toSigilWallets } from "./web3js/toSigilWallets.js";

const signIn = (lines: string): string =>
  `example.com wants you to sign in with your Solana account:\n${address}\n\nURI: https://example.com\nVersion: 1${lines}`;
const later = `\nExpiration Time: ${new Date(Date.now() + 600_000).toISOString()}`;
const fresh = signIn(`\nNonce: abcd1234${later}`);
const staleMessages: readonly (readonly [string, string])[] = [
  ["other text", "hello"],
  ["no nonce", signIn(later)],
  ["an empty nonce", signIn(`\nNonce: ${later}`)],
  ["no expiration", signIn("\nNonce: abcd1234")],
  ["an expiration in the past", signIn("\nNonce: abcd1234\nExpiration Time: 2020-01-01T00:00:00Z")],
  ["an expiration that is no time", signIn("\nNonce: abcd1234\nExpiration Time: tomorrow")],
  ["two expirations", `${fresh}${later}`],
];

const key = new PublicKey(address);
const zeros = PublicKey.default.toBase58();
const transfer = SystemProgram.transfer({ fromPubkey: key, toPubkey: key, lamports: 1 });
const legacy = (blockhash: string): Transaction =>
  new Transaction({ feePayer: key, blockhash, lastValidBlockHeight: 1 }).add(transfer);
const v0 = (recentBlockhash: string): VersionedTransaction =>
  new VersionedTransaction(
    new TransactionMessage({ payerKey: key, recentBlockhash, instructions: [transfer] }).compileToV0Message(),
  );
/** Its lifetime is a nonce that a nonce account holds. */
const durable = Transaction.populate(
  new Transaction({
    feePayer: key,
    nonceInfo: {
      nonce: someAddress(3),
      nonceInstruction: SystemProgram.nonceAdvance({ noncePubkey: key, authorizedPubkey: key }),
    },
    minContextSlot: 1,
  })
    .add(transfer)
    .compileMessage(),
);

const noop = createNoopSigner(address);
const versions = ["legacy", 0, 1] as const;
const lifetime = (blockhash: string) => ({ blockhash: blockhash as Blockhash, lastValidBlockHeight: 1n });

describe("requireFreshness, kit", () => {
  const { client, asked } = clientOf();
  const signer = toSigilSigner({ client, address, requireFreshness: true });

  test("default: sign-ins, also off-chain, and transactions with a blockhash or a durable nonce", async () => {
    await signer.signMessages([createSignableMessage(fresh)]);
    const offchain = { version: 1, content: fresh, requiredSignatories: [signer] } as const;
    await signOffchainMessageWithSigners(offchain);
    for (const version of versions)
      await signer.signTransactions([compileTransaction(messageOf(version, noop)) as never]);
    const withNonce = setTransactionMessageLifetimeUsingDurableNonce(
      {
        nonce: someAddress(3) as string as Nonce,
        nonceAccountAddress: someAddress(4),
        nonceAuthorityAddress: address,
      },
      messageOf(0, noop),
    );
    await signer.signTransactions([compileTransaction(withNonce) as never]);
  });

  test.each(staleMessages)("behavior: %s is refused before the appliance is asked", async (_, text) => {
    const before = asked.length;
    await expect(
      signer.signMessages([createSignableMessage(fresh), createSignableMessage(text)]),
    ).rejects.toMatchObject({ name: "ConfigError", field: "messages[1]" });
    expect(asked).toHaveLength(before);
  });

  test.each(versions)("behavior: no blockhash is refused, version %s", async (version) => {
    const before = asked.length;
    const message = setTransactionMessageLifetimeUsingBlockhash(lifetime(zeros), messageOf(version, noop));
    const transaction = compileTransaction(message) as never;
    await expect(signer.signTransactions([transaction])).rejects.toMatchObject({
      name: "ConfigError",
      field: "transactions[0]",
    });
    expect(asked).toHaveLength(before);
    await toSigilSigner({ client, address }).signTransactions([transaction]);
  });
});

describe("requireFreshness, web3.js", () => {
  const { client, asked } = clientOf();
  const wallet = toSigilWallet({ client, address, requireFreshness: true });

  test("default: sign-ins, and transactions with a blockhash or a durable nonce", async () => {
    const before = asked.length;
    await wallet.signMessage(new TextEncoder().encode(fresh));
    await wallet.signAllTransactions([legacy(someAddress(1)), v0(someAddress(1)), durable]);
    expect(asked).toHaveLength(before + 4);
  });

  test.each(staleMessages)("behavior: %s is refused before the appliance is asked", async (_, text) => {
    const before = asked.length;
    const bytes = new TextEncoder().encode(text);
    await expect(wallet.signMessage(bytes)).rejects.toMatchObject({ name: "ConfigError", field: "message" });
    expect(asked).toHaveLength(before);
    await toSigilWallet({ client, address }).signMessage(bytes);
  });

  test("behavior: no blockhash is refused, before any is asked for", async () => {
    const before = asked.length;
    for (const stale of [legacy(zeros), v0(zeros)]) {
      const signing = wallet.signAllTransactions([v0(someAddress(1)), stale]);
      await expect(signing).rejects.toMatchObject({ name: "ConfigError", field: "transaction" });
    }
    expect(asked).toHaveLength(before);
  });
});

test("parameters: toSigilSigners and toSigilWallets hand it on", async () => {
  const entries = [{ chain: "solana", wallet_index: 0, address, read: true, sign: true }];
  const options = { client: clientOf().client, entries, requireFreshness: true };
  const [signer] = toSigilSigners(options);
  await expect(signer?.signMessages([createSignableMessage("hello")])).rejects.toThrow(/requireFreshness/);
  const [wallet] = toSigilWallets(options);
  await expect(wallet?.signMessage(new Uint8Array(3))).rejects.toThrow(/requireFreshness/);
});

test("behavior: where a message is cut short there is no lifetime", () => {
  expect(lifetimeOf(new Uint8Array([1, 0, 0, 1]))).toBeUndefined();
  expect(lifetimeOf(new Uint8Array())).toBeUndefined();
  expect(lifetimeOf(new Uint8Array([0x81, ...new Uint8Array(38)]))).toBeUndefined();
});
