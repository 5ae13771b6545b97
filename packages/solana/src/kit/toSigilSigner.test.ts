import { ConfigError, SignError } from "@sigil/astrotrain";
import { ed25519DeviceSign } from "@sigil/testing/ed25519Device";
import { rounds } from "@sigil/testing/promises";
import {
  assertIsMessagePartialSigner,
  assertIsTransactionPartialSigner,
  compileTransaction,
  createKeyPairSignerFromPrivateKeyBytes,
  createSignableMessage,
  getBase64EncodedWireTransaction,
  isKeyPairSigner,
  isTransactionModifyingSigner,
  isTransactionSendingSigner,
  offchainMessageApplicationDomain,
  offchainMessageContentRestrictedAsciiOf1232BytesMax,
  signOffchainMessageWithSigners,
  signTransactionMessageWithSigners,
  type Transaction,
  verifyOffchainMessageEnvelope,
} from "@solana/kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { address, clientOf, seed } from "../../test/appliance.js";
import { messageOf, someAddress } from "../../test/messages.js";
import { toSigilSigner } from "./toSigilSigner.js";

const oracle = await createKeyPairSignerFromPrivateKeyBytes(seed);
const other = await createKeyPairSignerFromPrivateKeyBytes(new Uint8Array(32).fill(8));
const versions = ["legacy", 0, 1] as const;

const compiled = (version: (typeof versions)[number] = 0, text?: string) =>
  compileTransaction(messageOf(version, oracle, [other], text)) as never;

describe("toSigilSigner", () => {
  test.each([
    ["requireFreshnes", "requireFreshness"],
    ["allowTransactionsMessages", "allowTransactionMessages"],
    ["AllowTransactionMessages", "allowTransactionMessages"],
    ["chian", "chain"],
  ])("behavior: %s is refused, since %s is meant", (field, meant) => {
    const error = new ConfigError(field, `is no option; ${meant} is one. Mend its name.`);
    expect(() => toSigilSigner({ client: clientOf().client, address, [field]: true })).toThrow(error);
  });

  test("default: a frozen partial signer and nothing else", () => {
    const signer = toSigilSigner({ client: clientOf().client, address });
    expect(Object.isFrozen(signer)).toBe(true);
    expect(Object.keys(signer)).toEqual(["address", "signMessages", "signTransactions"]);
    assertIsMessagePartialSigner(signer);
    assertIsTransactionPartialSigner(signer);
    expect([
      isKeyPairSigner(signer),
      isTransactionModifyingSigner(signer),
      isTransactionSendingSigner(signer),
    ]).toEqual([false, false, false]);
  });

  test("behavior: random messages and transactions give what a key pair gives", {
    timeout: 120_000,
  }, async () => {
    const signer = toSigilSigner({ client: clientOf().client, address });
    const property = fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(...versions),
      fc.string({ unit: "grapheme", maxLength: 100 }),
      async (bytes, version, text) => {
        const content = new Uint8Array([0xff, ...bytes]);
        const message = createSignableMessage(content);
        expect(await signer.signMessages([message])).toEqual(await oracle.signMessages([message]));
        const transaction = compiled(version, text);
        expect(await signer.signTransactions([transaction])).toEqual(
          await oracle.signTransactions([transaction]),
        );
      },
    );
    await fc.assert(property, { numRuns: Math.max(100, rounds(1000)) });
  });

  test.each(versions)("behavior: fee payer beside a co-signer, version %s", async (version) => {
    const { client, asked } = clientOf();
    const signer = toSigilSigner({ client, address });
    const ours = await signTransactionMessageWithSigners(messageOf(version, signer, [other]));
    const theirs = await signTransactionMessageWithSigners(messageOf(version, oracle, [other]));
    expect(getBase64EncodedWireTransaction(ours)).toBe(getBase64EncodedWireTransaction(theirs));
    expect(asked).toHaveLength(1);
  });

  test("behavior: it is the same signer as itself made twice", async () => {
    const { client, asked } = clientOf();
    const message = messageOf(0, toSigilSigner({ client, address }), [toSigilSigner({ client, address })]);
    await signTransactionMessageWithSigners(message);
    expect(asked).toHaveLength(1);
  });

  test("parameters: pairId and chain go along", async () => {
    const { client, asked } = clientOf();
    await toSigilSigner({ client, address, pairId: "p-1", chain: "solana" }).signMessages([
      createSignableMessage("hi"),
    ]);
    expect(asked).toMatchObject([{ address, algo: "ed25519", pairId: "p-1", chain: "solana" }]);
  });

  test("behavior: one frozen dictionary an input, in order, with its own address alone", async () => {
    const signer = toSigilSigner({ client: clientOf().client, address });
    const messages = ["a", "b", "c"].map((text) => createSignableMessage(text));
    const dictionaries = await signer.signMessages(messages);
    expect(dictionaries).toEqual(await oracle.signMessages(messages));
    for (const dictionary of dictionaries) {
      expect(Object.isFrozen(dictionary)).toBe(true);
      expect(Object.keys(dictionary)).toEqual([address]);
    }
    expect(await signer.signMessages([])).toEqual([]);
  });

  test("behavior: a transaction it is no signer of is refused, before any of them is asked for", async () => {
    const { client, asked } = clientOf();
    const signer = toSigilSigner({ client, address });
    const foreign = compileTransaction(messageOf(0, other)) as Transaction as never;
    await expect(signer.signTransactions([compiled(), foreign])).rejects.toMatchObject({
      context: { __code: 5663015, unexpectedAddresses: [address], expectedAddresses: [other.address] },
    });
    expect(asked).toHaveLength(0);
  });

  test.each(versions)(
    "behavior: message bytes that are a transaction, version %s, are refused",
    async (version) => {
      const { client, asked } = clientOf();
      const { messageBytes } = compiled(version) as Transaction;
      const messages = [createSignableMessage("fine"), createSignableMessage(new Uint8Array(messageBytes))];
      const signer = toSigilSigner({ client, address });
      await expect(signer.signMessages(messages)).rejects.toMatchObject({
        name: "ConfigError",
        field: "messages[1]",
      });
      expect(asked).toHaveLength(0);
      const allowed = toSigilSigner({ client, address, allowTransactionMessages: true });
      expect(await allowed.signMessages(messages)).toEqual(await oracle.signMessages(messages));
    },
  );

  test.each(["hello", undefined, null, {}, 32, new Uint16Array([300]), new DataView(new ArrayBuffer(4))])(
    "behavior: content %o is no bytes, and nothing is asked for",
    async (content) => {
      const { client, asked } = clientOf();
      const signer = toSigilSigner({ client, address });
      const messages = [createSignableMessage("fine"), { content, signatures: {} } as never];
      await expect(signer.signMessages(messages)).rejects.toMatchObject({ field: "messages[1].content" });
      const transaction = { signatures: { [address]: null }, messageBytes: content } as never;
      await expect(signer.signTransactions([compiled(), transaction])).rejects.toMatchObject({
        field: "transactions[1].messageBytes",
      });
      expect(asked).toHaveLength(0);
    },
  );

  test("behavior: a map of signatures that doesn't belong to the bytes is refused", async () => {
    const { client, asked } = clientOf();
    const foreign = compileTransaction(messageOf(0, other));
    const forged = { ...foreign, signatures: { ...foreign.signatures, [address]: null } } as never;
    await expect(toSigilSigner({ client, address }).signTransactions([forged])).rejects.toMatchObject({
      context: { __code: 5663015, expectedAddresses: [other.address] },
    });
    expect(asked).toHaveLength(0);
  });

  test("behavior: an off-chain message through kit", async () => {
    const signer = toSigilSigner({ client: clientOf().client, address });
    const message = {
      version: 0,
      applicationDomain: offchainMessageApplicationDomain(someAddress(1)),
      content: offchainMessageContentRestrictedAsciiOf1232BytesMax("hello"),
      requiredSignatories: [signer, other],
    } as const;
    const envelope = await signOffchainMessageWithSigners(message);
    await verifyOffchainMessageEnvelope(envelope);
    expect(envelope.signatures[address]).toEqual(ed25519DeviceSign(new Uint8Array(envelope.content)));
  });

  test("behavior: text of any length is no transaction", async () => {
    const signer = toSigilSigner({ client: clientOf().client, address });
    for (const text of ["", " ", "Sign in to example.com", "a".repeat(5000), " ".repeat(100_000)]) {
      expect(await signer.signMessages([createSignableMessage(text)])).toHaveLength(1);
    }
  });

  test("behavior: bytes that are a view into a larger buffer are taken as they are", async () => {
    const signer = toSigilSigner({ client: clientOf().client, address });
    const content = new Uint8Array(new Uint8Array([9, 9, 0xff, 1, 2, 9]).buffer, 2, 3);
    const message = createSignableMessage(content);
    expect(await signer.signMessages([message])).toEqual(await oracle.signMessages([message]));
  });

  test("behavior: an abort rejects with the signal's own reason, before and while it waits", async () => {
    const reason = new Error("enough");
    const { client, asked } = clientOf();
    const signer = toSigilSigner({ client, address });
    const before = signer.signMessages([createSignableMessage("a")], {
      abortSignal: AbortSignal.abort(reason),
    });
    await expect(before).rejects.toBe(reason);
    expect(asked).toHaveLength(0);
    const controller = new AbortController();
    const waiting = {
      sign: (options: { signal?: AbortSignal | undefined }) => rejectOnAbort(options.signal),
    };
    const signing = toSigilSigner({ client: waiting, address }).signTransactions([compiled()], {
      abortSignal: controller.signal,
    });
    controller.abort(reason);
    await expect(signing).rejects.toBe(reason);
  });

  test("behavior: after a refusal the user is not asked for the rest", async () => {
    let prompts = 0;
    const refused = new SignError("no", { kind: "http", status: 403, body: "", code: "user_rejected" });
    const client = { sign: () => Promise.reject(prompts++ === 0 && refused) };
    const signer = toSigilSigner({ client, address });
    const messages = [createSignableMessage("a"), createSignableMessage("b")];
    await expect(signer.signMessages(messages)).rejects.toBe(refused);
    expect(prompts).toBe(1);
  });

  test.each(["", "0xf39F", someAddress(1).slice(1), undefined])("behavior: address %j is refused", (bad) => {
    expect(() => toSigilSigner({ client: clientOf().client, address: bad as never })).toThrow();
  });

  test("behavior: a client without sign is refused", () => {
    expect(() => toSigilSigner({ client: {} as never, address })).toThrow(/AstrotrainClient/);
  });
});

const rejectOnAbort = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => {
    signal?.addEventListener("abort", () =>
      reject(new SignError("aborted", { kind: "network", cause: signal.reason, outcome: "unknown" })),
    );
  });
