import { base58 } from "@scure/base";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToBase58 } from "./base58.js";

test("default: as the field's library writes it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(bytesToBase58(bytes)).toBe(base58.encode(bytes));
    }),
  );
});

test.each([0, 1, 32])("behavior: %i zeros", (length) => {
  expect(bytesToBase58(new Uint8Array(length))).toBe("1".repeat(length));
});
