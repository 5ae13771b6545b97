import {
  compileTransaction,
  compressTransactionMessageUsingAddressLookupTables,
  createKeyPairSignerFromPrivateKeyBytes,
} from "@solana/kit";
import { Keypair, SystemProgram, TransactionMessage } from "@solana/web3.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messageOf, someAddress } from "../../test/messages.js";
import { isTransactionMessage } from "./isTransactionMessage.js";

const payer = await createKeyPairSignerFromPrivateKeyBytes(new Uint8Array(32).fill(5));
const others = await Promise.all(
  [6, 7, 8].map((fill) => createKeyPairSignerFromPrivateKeyBytes(new Uint8Array(32).fill(fill))),
);

const bytesOf = (message: Parameters<typeof compileTransaction>[0]): Uint8Array =>
  new Uint8Array(compileTransaction(message).messageBytes);

describe("isTransactionMessage", () => {
  test("default: what kit compiles, of any version, signers and data", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("legacy" as const, 0 as const, 1 as const),
        fc.integer({ min: 0, max: 3 }),
        fc.string({ unit: "grapheme", maxLength: 120 }),
        (version, count, text) => {
          expect(isTransactionMessage(bytesOf(messageOf(version, payer, others.slice(0, count), text)))).toBe(
            true,
          );
        },
      ),
    );
  });

  test("parameters: lookup tables, and what web3.js compiles", () => {
    const table = someAddress(1);
    const message = messageOf(0, payer, []);
    const withTable = compressTransactionMessageUsingAddressLookupTables(message, {
      [table]: [someAddress(2)],
    });
    expect(isTransactionMessage(bytesOf(withTable as never))).toBe(true);
    const key = Keypair.fromSeed(new Uint8Array(32).fill(5)).publicKey;
    const transfer = SystemProgram.transfer({ fromPubkey: key, toPubkey: key, lamports: 1 });
    const compiled = new TransactionMessage({
      payerKey: key,
      recentBlockhash: table,
      instructions: [transfer],
    });
    expect(isTransactionMessage(new Uint8Array(compiled.compileToLegacyMessage().serialize()))).toBe(true);
    expect(isTransactionMessage(compiled.compileToV0Message().serialize())).toBe(true);
  });

  test.each(["legacy", 0, 1] as const)("behavior: bytes after it are no excuse: version %s", (version) => {
    const bytes = bytesOf(messageOf(version, payer, others));
    expect(isTransactionMessage(new Uint8Array([...bytes, 0, 1, 2]))).toBe(true);
  });

  test.each(["legacy", 0, 1] as const)("behavior: one that is cut short is none: version %s", (version) => {
    const bytes = bytesOf(messageOf(version, payer, others));
    for (let length = 0; length < 42; length++)
      expect(isTransactionMessage(bytes.slice(0, length))).toBe(false);
  });

  test("behavior: text is none, of any length", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 300 }),
        fc.integer({ min: 1, max: 40 }),
        (text, times) => {
          // Control characters at the start are what the documentation excepts.
          fc.pre(text >= " ");
          expect(isTransactionMessage(new TextEncoder().encode(text.repeat(times)))).toBe(false);
        },
      ),
    );
  });

  test("behavior: hashes and off-chain messages are none", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 300 }), (short, rest) => {
        expect(isTransactionMessage(short)).toBe(false);
        expect(isTransactionMessage(new Uint8Array([0xff, ...rest]))).toBe(false);
      }),
    );
  });

  test("behavior: no input makes it throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1500 }), (bytes) => void isTransactionMessage(bytes)),
      {
        numRuns: 1000,
      },
    );
  });
});
