import crypto, { createHash } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex, hexToBytes } from "@sigil/astrotrain";
import { isSmallOrder } from "@sigil/astrotrain/adapter";
import { ed25519DeviceLies, ed25519DeviceSign, ed25519PublicKey } from "@sigil/testing/ed25519Device";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { without } from "../../test/runtimes.js";
import { strictVerifier, verifyInJavaScript } from "./strictVerifier.js";

type Verify = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => Promise<boolean>;

const message = new Uint8Array([1, 2, 3]);
const verifyStrict: Verify = (signature, message, publicKey) => strictVerifier(publicKey)(signature, message);
const paths = { verifyStrict, verifyInJavaScript };

describe.each(Object.entries(paths))("%s", (_, verify) => {
  test("default", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (each) => {
        expect(await verify(ed25519DeviceSign(each), each, ed25519PublicKey)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test("behavior: no lie passes", async () => {
    for (const [lie, signature] of ed25519DeviceLies(message)) {
      if (signature.length !== 64) continue;
      expect(await verify(signature, message, ed25519PublicKey), lie).toBe(false);
    }
  });
});

describe("strictVerifier", () => {
  test("behavior: a key or an R of small order proves nothing, whatever the equation says", async () => {
    // With A and R the identity and S zero, the equation holds for every message.
    const identity = new Uint8Array(32);
    identity[0] = 1;
    const signature = new Uint8Array([...identity, ...new Uint8Array(32)]);
    expect(ed25519.verify(signature, message, identity)).toBe(true);
    expect(await verifyStrict(signature, message, identity)).toBe(false);
  });

  test("behavior: an R of small order is refused under an honest key too", async () => {
    // Whoever holds the key can sign with the nonce zero: R is the identity, S is k·a.
    const { scalar, pointBytes } = ed25519.utils.getExtendedPublicKey(new Uint8Array(32).fill(5));
    const r = ed25519.Point.ZERO.toBytes();
    const hash = createHash("sha512").update(r).update(pointBytes).update(message).digest();
    const { Fn } = ed25519.Point;
    const s = Fn.mul(
      Fn.create(BigInt(`0x${Buffer.from(hash.reverse()).toString("hex")}`)),
      Fn.create(scalar),
    );
    const signature = new Uint8Array([...r, ...littleEndian(s)]);
    expect(ed25519.verify(signature, message, pointBytes)).toBe(true);
    expect(await verifyStrict(signature, message, pointBytes)).toBe(false);
  });

  test("behavior: the list of small orders is the curve's", async () => {
    const torsion = ed25519.Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
    let point = ed25519.Point.ZERO;
    for (let i = 0; i < 8; i++) {
      const signature = new Uint8Array([...point.toBytes(), ...new Uint8Array(32)]);
      expect(await verifyStrict(signature, message, point.toBytes())).toBe(false);
      point = point.add(torsion);
    }
    expect(point.is0()).toBe(true);
  });

  test("behavior: all fourteen encodings of small order are known, and no others are", () => {
    const p = 2n ** 255n - 19n;
    const torsion = ed25519.Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
    const ys = new Set<bigint>([p, p + 1n]);
    for (let point = torsion, i = 0; i < 8; i++, point = point.add(torsion)) ys.add(point.y);
    const encodings = [...ys].flatMap((y) => [y, y + 2n ** 255n]);
    expect(encodings).toHaveLength(14);
    for (const each of encodings) expect(isSmallOrder(littleEndian(each))).toBe(true);
    for (const y of [2n, 3n, p - 2n, p + 2n]) expect(isSmallOrder(littleEndian(y))).toBe(false);
    expect(isSmallOrder(ed25519PublicKey)).toBe(false);
  });

  test("behavior: without the platform's Ed25519 it says the same, of wrong lengths too", async () => {
    const { strictVerifier } = await without("node:crypto", "WebCrypto");
    const verifyStrict: Verify = (signature, message, publicKey) =>
      strictVerifier(publicKey)(signature, message);
    const good = ed25519DeviceSign(message);
    expect(await verifyStrict(good, message, ed25519PublicKey)).toBe(true);
    expect(await verifyStrict(good, new Uint8Array([1, 2, 4]), ed25519PublicKey)).toBe(false);
    expect(await verifyStrict(new Uint8Array([...good, 0]), message, ed25519PublicKey)).toBe(false);
    expect(await verifyStrict(good, message, new Uint8Array([...ed25519PublicKey, 0]))).toBe(false);
  });

  test.each([
    ["Node's own", [], { node: 1, webCrypto: 0 }],
    ["WebCrypto", ["node:crypto"], { node: 0, webCrypto: 1 }],
    ["JavaScript", ["node:crypto", "WebCrypto"], { node: 0, webCrypto: 0 }],
  ] as const)(
    "behavior: it is done by %s where the runtime has nothing cheaper",
    async (_, missing, calls) => {
      const { strictVerifier } = await without(...missing);
      const spies = {
        node: vi.spyOn(crypto, "verify"),
        webCrypto: vi.spyOn(globalThis.crypto.subtle, "verify"),
      };
      onTestFinished(() => void vi.restoreAllMocks());
      const verify = strictVerifier(ed25519PublicKey);
      expect(await verify(ed25519DeviceSign(message), message)).toBe(true);
      const { node, webCrypto } = spies;
      expect({ node: node.mock.calls.length, webCrypto: webCrypto.mock.calls.length }).toEqual(calls);
    },
  );

  test("behavior: an S that is the order too large is refused, though the equation holds", async () => {
    const good = ed25519DeviceSign(message);
    const s = BigInt(bytesToHex(good.slice(32).reverse())) + ed25519.Point.Fn.ORDER;
    const malleated = new Uint8Array([...good.subarray(0, 32), ...littleEndian(s)]);
    for (const verify of Object.values(paths)) {
      expect(await verify(malleated, message, ed25519PublicKey)).toBe(false);
    }
  });

  test("behavior: wrong lengths and keys that are no points are false, not errors", async () => {
    const good = ed25519DeviceSign(message);
    expect(await verifyStrict(good.slice(1), message, ed25519PublicKey)).toBe(false);
    expect(await verifyStrict(good, message, ed25519PublicKey.slice(1))).toBe(false);
    expect(await verifyStrict(new Uint8Array([...good, 0]), message, ed25519PublicKey)).toBe(false);
    expect(await verifyStrict(good, message, new Uint8Array([...ed25519PublicKey, 0]))).toBe(false);
    const noPoint = hexToBytes(`02${"00".repeat(31)}`);
    expect(await verifyStrict(good, message, noPoint)).toBe(false);
    expect(await verifyInJavaScript(good, message, noPoint)).toBe(false);
  });
});

const littleEndian = (value: bigint): Uint8Array =>
  hexToBytes(value.toString(16).padStart(64, "0")).reverse();
