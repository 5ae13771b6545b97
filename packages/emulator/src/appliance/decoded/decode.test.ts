import { base58 } from "@scure/base";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encode } from "../../../test/client.js";
import { firstPayee, legacyMessage, payer, secondPayee, v0Message } from "../../../test/solanaMessages.js";
import { decode } from "./decode.js";

const solana = (bytes: Uint8Array) => decode({ algo: "ed25519", payload: encode(bytes) });
const text = (value: string) => new TextEncoder().encode(value);

describe("decode", () => {
  test("default: a digest", () => {
    const payload = encode(new Uint8Array(32).fill(10));
    expect(decode({ algo: "secp256k1", payload })).toEqual({ kind: "digest", hex: "0a".repeat(32) });
  });

  test("behavior: a legacy transaction", () => {
    expect(solana(legacyMessage)).toEqual({
      kind: "transaction",
      chain: "solana",
      lamports: "1500000007",
      summary: {
        fee_payer: payer,
        instructions: [
          { program: "ComputeBudget111111111111111111111111111111", name: "Compute Budget", accounts: [] },
          {
            program: "1".repeat(32),
            name: "System",
            accounts: [payer, firstPayee],
            lamports: "1500000000",
            to: firstPayee,
          },
          {
            program: "1".repeat(32),
            name: "System",
            accounts: [payer, secondPayee],
            lamports: "7",
            to: secondPayee,
          },
        ],
      },
    });
  });

  test("behavior: a transaction of version 0, its lookups named", () => {
    expect(solana(v0Message)).toMatchObject({
      kind: "transaction",
      lamports: "1500000007",
      summary: { instructions: [{}, { to: "lookup 0" }, { to: secondPayee }] },
    });
  });

  describe("what it moves", () => {
    const key = (fill: number): number[] => new Array(32).fill(fill);
    const eight = (value: number): number[] => [value, 0, 0, 0, 0, 0, 0, 0];
    const system = key(0);

    /** A message of one instruction of that program over the payer and two more accounts. */
    const message = (program: readonly number[], data: readonly number[]): Uint8Array =>
      Uint8Array.of(
        1,
        0,
        1,
        4,
        ...key(1),
        ...key(2),
        ...key(3),
        ...program,
        ...key(9),
        1,
        3,
        3,
        0,
        1,
        2,
        data.length,
        ...data,
      );

    test.each([
      ["a transfer", [2, 0, 0, 0, ...eight(5)]],
      ["a transfer with more behind it", [2, 0, 0, 0, ...eight(5), 0]],
      ["a new account", [0, 0, 0, 0, ...eight(5), ...eight(0), ...key(4)]],
      [
        "a new account by a seed",
        [3, 0, 0, 0, ...key(1), ...eight(2), 97, 98, ...eight(5), ...eight(0), ...key(4)],
      ],
      ["a transfer by a seed", [11, 0, 0, 0, ...eight(5), ...eight(2), 97, 98, ...key(4)]],
      ["a withdrawal from a nonce account", [5, 0, 0, 0, ...eight(5)]],
    ])("parameters: %s", (_, data) => {
      expect(solana(message(system, data))).toMatchObject({ kind: "transaction", lamports: "5" });
    });

    test.each([
      ["another instruction of System", system, [1, 0, 0, 0, ...key(4)]],
      ["a new account whose seed is cut", system, [3, 0, 0, 0, ...eight(5)]],
      ["another program", key(7), [2, 0, 0, 0, ...eight(5)]],
    ])("behavior: with %s nobody can tell", (_, program, data) => {
      const decoded = solana(message(program, data));
      expect(decoded.kind).toBe("transaction");
      expect(decoded).not.toHaveProperty("lamports");
    });

    test("behavior: what a memo says", () => {
      const program = base58.decode("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");
      const memoIn = (data: Uint8Array) => {
        const decoded = solana(message([...program], [...data]));
        return decoded.kind === "transaction" ? decoded.summary.instructions.map(({ memo }) => memo) : [];
      };
      expect(memoIn(text("Order 42 ✓"))).toEqual(["Order 42 ✓"]);
      expect(memoIn(Uint8Array.of(0xff))).toEqual([undefined]);
    });
  });

  test("behavior: text, and what is none", () => {
    expect(solana(text("Sign in\nto Ada's ✓"))).toEqual({ kind: "message", text: "Sign in\nto Ada's ✓" });
    expect(solana(text("\u001b[2J"))).toMatchObject({ kind: "bytes" });
    expect(solana(Uint8Array.of(0xff, 0xfe))).toEqual({ kind: "bytes", hex: "fffe" });
  });

  test("behavior: a transaction cut, or with something behind it, is none", () => {
    for (const message of [legacyMessage, v0Message]) {
      for (let end = 1; end < message.length; end += 1) {
        expect(solana(message.subarray(0, end)).kind).not.toBe("transaction");
      }
      expect(solana(Uint8Array.of(...message, 0)).kind).not.toBe("transaction");
    }
  });

  test("behavior: never throws", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom(legacyMessage, v0Message),
        (noise, message) => {
          solana(noise);
          const broken = Uint8Array.from(message);
          broken.set(noise.subarray(0, 40), (noise[0] ?? 0) % 200);
          solana(broken);
        },
      ),
    );
  });
});
