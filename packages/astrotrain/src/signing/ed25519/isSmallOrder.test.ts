import { ed25519 } from "@noble/curves/ed25519.js";
import { describe, expect, test } from "vitest";
import { access } from "../../../test/scriptedOctane.js";
import { AstrotrainClient } from "../AstrotrainClient.js";
import { isSmallOrder } from "./isSmallOrder.js";

/** Every encoding that RFC 8032's decoding takes for a point of small order, and those that are not reduced. */
const encodings: readonly Uint8Array[] = [
  "00".repeat(32),
  `01${"00".repeat(31)}`,
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  `ec${"ff".repeat(30)}7f`,
  `ed${"ff".repeat(30)}7f`,
  `ee${"ff".repeat(30)}7f`,
].flatMap((hex) => {
  const positive = new Uint8Array(Buffer.from(hex, "hex"));
  const negative = positive.slice();
  negative[31] = (negative[31] ?? 0) | 0x80;
  return [positive, negative];
});

describe("isSmallOrder", () => {
  test("default: all fourteen encodings, which noble knows as such where it takes them", () => {
    let known = 0;
    for (const bytes of encodings) {
      expect(isSmallOrder(bytes)).toBe(true);
      try {
        expect(ed25519.Point.fromBytes(bytes, true).isSmallOrder()).toBe(true);
        known++;
      } catch {
        // The negative of a point whose x is zero is no encoding for noble.
      }
    }
    expect(known).toBeGreaterThanOrEqual(8);
  });

  test("behavior: no point of the torsion subgroup is missing, and no key is taken for one", () => {
    const torsion = ed25519.Point.fromBytes(encodings[4] ?? new Uint8Array(), true);
    const eighth = ed25519.Point.fromBytes(
      new Uint8Array(Buffer.from("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "hex")),
      true,
    );
    let point = eighth;
    for (let i = 0; i < 8; i++, point = point.add(eighth)) expect(isSmallOrder(point.toBytes())).toBe(true);
    expect(isSmallOrder(torsion.toBytes())).toBe(true);
    for (let i = 0; i < 100; i++) {
      const key = ed25519.getPublicKey(new Uint8Array(32).fill(i));
      expect(isSmallOrder(key)).toBe(false);
      // With a part of small order it is still a point of the large one.
      expect(isSmallOrder(ed25519.Point.fromBytes(key).add(eighth).toBytes())).toBe(false);
    }
  });

  test("behavior: no such key is taken for octane's or for a signer's", () => {
    for (const key of encodings) {
      expect(
        () =>
          new AstrotrainClient({
            ...access,
            privateKeySeed: new Uint8Array(32).fill(1),
            octanePublicKey: key,
          }),
      ).toThrow(expect.objectContaining({ name: "ConfigError", field: "octanePublicKey" }));
      const signer = { publicKey: key, sign: () => new Uint8Array(64) };
      expect(() => new AstrotrainClient({ ...access, signer })).toThrow(
        expect.objectContaining({ name: "SignError", kind: "invalid_seed" }),
      );
    }
  });
});
