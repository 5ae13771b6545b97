import { ed25519DeviceSign } from "@sigil/testing/ed25519Device";
import {
  changingBytes,
  changingProxy,
  interleavings,
  type Settled,
  type Subject,
} from "@sigil/testing/interleavings";
import { figure, rounds } from "@sigil/testing/promises";
import { compileTransaction, createNoopSigner, type Transaction as KitTransaction } from "@solana/kit";
import {
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
} from "@solana/web3.js";
import { expect, test } from "vitest";
import { address } from "../test/appliance.js";
import { messageOf, someAddress } from "../test/messages.js";
import { toSigilSigner } from "./kit/toSigilSigner.js";
import { TransactionChangedError } from "./web3js/TransactionChangedError.js";
import { toSigilWallet } from "./web3js/toSigilWallet.js";

const text = (n: number): Uint8Array => new TextEncoder().encode(`message ${n}`);
const sameBytes = (a: unknown, b: Uint8Array): boolean =>
  a instanceof Uint8Array && Buffer.compare(a, b) === 0;

/** The last dictionary has the signature over these bytes. */
const signs = (bytes: Uint8Array) => {
  const expected = ed25519DeviceSign(bytes);
  return (settled: Settled) =>
    "value" in settled && sameBytes((settled.value as Record<string, unknown>[]).at(-1)?.[address], expected);
};

const compiled = (n: number): KitTransaction =>
  compileTransaction(messageOf(0, createNoopSigner(address), [], `${n}`));

/** What changes stands second, since the owner is asked for the first one before. */
const kit: readonly Subject[] = [
  ...Object.entries(changingBytes).flatMap(([name, wrap]) => [
    {
      name: `content in ${name}`,
      make: (n: number) => {
        const { view, change } = wrap(text(n));
        return {
          call: (client) =>
            toSigilSigner({ client, address }).signMessages([
              { content: text(n + 1), signatures: {} as never },
              { content: view, signatures: {} as never },
            ]),
          change,
          check: signs(text(n)),
        };
      },
    } satisfies Subject,
    {
      name: `messageBytes in ${name}`,
      make: (n: number) => {
        const transaction = compiled(n);
        const bytes = new Uint8Array(transaction.messageBytes);
        const { view, change } = wrap(bytes);
        const given = { ...transaction, messageBytes: view } as never;
        return {
          call: (client) =>
            toSigilSigner({ client, address }).signTransactions([compiled(n + 1) as never, given]),
          change,
          check: signs(bytes),
        };
      },
    } satisfies Subject,
  ]),
  {
    name: "a transaction behind a Proxy",
    make: (n) => {
      const bytes = new Uint8Array(compiled(n).messageBytes);
      const { proxy, change } = changingProxy(compiled(n), compiled(n + 1));
      return {
        call: (client) => toSigilSigner({ client, address }).signTransactions([proxy as never]),
        change,
        check: signs(bytes),
      };
    },
  },
  {
    name: "content that is another at each reading",
    make: (n) => {
      let reads = 0;
      let readAtCall = 0;
      const message = {
        signatures: {} as never,
        get content() {
          return text(n + reads++);
        },
      };
      return {
        call: (client) => {
          const promise = toSigilSigner({ client, address }).signMessages([message]);
          readAtCall = reads;
          return promise;
        },
        change: () => void message.content,
        check: (settled) => Array.from({ length: readAtCall }).some((_, i) => signs(text(n + i))(settled)),
      };
    },
  },
  {
    name: "the list of messages",
    make: (n) => {
      const list = [{ content: text(n), signatures: {} as never }];
      return {
        call: (client) => toSigilSigner({ client, address }).signMessages(list),
        change: () => void list.splice(0, 1, { content: text(n + 1), signatures: {} as never }),
        check: signs(text(n)),
      };
    },
  },
];

const payerKey = new PublicKey(address);
const transfer = (lamports: number) =>
  SystemProgram.transfer({ fromPubkey: payerKey, toPubkey: payerKey, lamports });
const legacy = (n: number): Transaction =>
  new Transaction({ feePayer: payerKey, blockhash: someAddress(1), lastValidBlockHeight: 1 }).add(
    transfer(n),
  );
const v0 = (n: number): VersionedTransaction =>
  new VersionedTransaction(
    new TransactionMessage({
      payerKey,
      recentBlockhash: someAddress(1),
      instructions: [transfer(n)],
    }).compileToV0Message(),
  );

/** The caller's own object can't be signed as it was: it is refused, and nothing is added to it. */
const isUntouched = (signatures: () => readonly (Uint8Array | null | undefined)[]) => (settled: Settled) =>
  "error" in settled &&
  settled.error instanceof TransactionChangedError &&
  signatures().every((each) => each?.every((byte) => byte === 0) ?? true);

const web3js: readonly Subject[] = [
  ...Object.entries(changingBytes).map(
    ([name, wrap]): Subject => ({
      name: `a message in ${name}`,
      make: (n) => {
        const { view, change } = wrap(text(n));
        const expected = ed25519DeviceSign(text(n));
        return {
          call: (client) => toSigilWallet({ client, address }).signMessage(view),
          change,
          check: (settled) => "value" in settled && sameBytes(settled.value, expected),
        };
      },
    }),
  ),
  {
    name: "a legacy transaction's instructions",
    make: (n) => {
      const transaction = legacy(n);
      return {
        call: (client) => toSigilWallet({ client, address }).signTransaction(transaction),
        change: () => void transaction.add(transfer(7)),
        check: isUntouched(() => transaction.signatures.map(({ signature }) => signature)),
      };
    },
  },
  {
    name: "a version 0 transaction's data",
    make: (n) => {
      const transaction = v0(n);
      return {
        call: (client) => toSigilWallet({ client, address }).signAllTransactions([v0(n + 1), transaction]),
        change: () => void transaction.message.compiledInstructions[0]?.data.fill(7),
        check: isUntouched(() => transaction.signatures),
      };
    },
  },
  {
    name: "the list of transactions",
    make: (n) => {
      const [first, second] = [v0(n), v0(n + 1)];
      const list = [first];
      const expected = ed25519DeviceSign(first.message.serialize());
      return {
        call: (client) => toSigilWallet({ client, address }).signAllTransactions(list),
        change: () => void list.splice(0, 1, second),
        check: (settled) =>
          "value" in settled &&
          (settled.value as unknown[])[0] === first &&
          sameBytes(first.signatures[0], expected) &&
          second.signatures.every((each) => each.every((byte) => byte === 0)),
      };
    },
  },
];

test.each([
  ["kit", kit],
  ["web3.js", web3js],
] as const)(
  "R25: what the caller changes after the call is not signed, in 500 interleavings, a quarter of them %s's",
  {
    timeout: 120_000,
  },
  async (host, subjects) => {
    const result = await interleavings(subjects, rounds(125), ed25519DeviceSign);
    const { tried, moments, broken } = result;
    figure(
      "R25",
      `${host}: ${tried} interleavings at ${moments.size} moments, ${broken.length} signed something else`,
    );
    expect(broken).toEqual([]);
  },
);
