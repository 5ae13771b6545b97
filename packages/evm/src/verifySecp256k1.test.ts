import { secp256k1 } from "@noble/curves/secp256k1.js";
import { bytesToHex, hexToBytes } from "@sigil/astrotrain";
import { isFullRun } from "@sigil/testing/promises";
import { address, deviceLies, deviceSign, forms, privateKey } from "@sigil/testing/secp256k1Device";
import fc from "fast-check";
import { recover } from "tiny-secp256k1";
import { recoverAddress, serializeSignature } from "viem";
import { describe, expect, test } from "vitest";
import { KnownKeys } from "./KnownKeys.js";
import { type VerifiedSignature, verifyKnowing } from "./verifyKnowing.js";
import { verifySecp256k1 } from "./verifySecp256k1.js";

const digest = new Uint8Array(32).fill(7);
const order = secp256k1.Point.Fn.ORDER;
const scalar = (value: bigint): Uint8Array => hexToBytes(value.toString(16).padStart(64, "0"));

/** Keys as they are after so many signatures by `address`. */
function knowing(uses: number): KnownKeys {
  const keys = new KnownKeys();
  for (let i = 0; i < uses; i++) {
    const each = new Uint8Array(32).fill(200 + i);
    if (verifyKnowing(keys, each, deviceSign(each), address) === undefined) throw new Error("not by it");
  }
  return keys;
}

/** A digest whose signature has an r that begins with a zero, as one of 256 has. */
const withShortR = Array.from({ length: 4_000 }, (_, i) => scalar(BigInt(i))).find(
  (each) => deviceSign(each)[0] === 0,
) as Uint8Array;

type Verify = (digest: Uint8Array, signature: Uint8Array, address: string) => VerifiedSignature | undefined;
const [known, wellKnown] = [knowing(1), knowing(12)];

/** Which way it takes depends on what it has seen of the address, and on what it was given. */
const ways: readonly [string, Verify][] = [
  ["an address seen for the first time", (...given) => verifyKnowing(new KnownKeys(), ...given)],
  ["one whose key is known", (...given) => verifyKnowing(known, ...given)],
  ["one whose key has a table", (...given) => verifyKnowing(wellKnown, ...given)],
  ["an accelerator", (...given) => verifySecp256k1(...given, recover)],
  ["whatever was seen before", verifySecp256k1],
];

describe.each(ways)("verifySecp256k1, %s", (_way, verifySecp256k1) => {
  test("default: low s, and the parity that viem recovers the address with", async () => {
    const signature = verifySecp256k1(digest, deviceSign(digest), address);
    if (signature === undefined) throw new Error("expected a signature");
    expect(BigInt(signature.s)).toBeLessThanOrEqual(order / 2n);
    expect(await recoverAddress({ hash: bytesToHex(digest), signature: serializeSignature(signature) })).toBe(
      address,
    );
  });

  test.each(forms)("parameters: high s $highS, v $v: the same normal form", (form) => {
    for (let i = 0; i < 5; i++) {
      const each = new Uint8Array(32).fill(i);
      expect(verifySecp256k1(each, deviceSign(each, form), address)).toEqual(
        verifySecp256k1(each, deviceSign(each), address),
      );
    }
  });

  test.each([0, 63, 66])("behavior: a signature of %i bytes is refused", (length) => {
    const good = new Uint8Array([...deviceSign(digest), 0, 0]);
    expect(verifySecp256k1(digest, good.subarray(0, length), address)).toBeUndefined();
    expect(verifySecp256k1(digest, good.subarray(0, 64), address)).toBeDefined();
  });

  test.each([0, 31, 33])("behavior: a digest of %i bytes is refused", (length) => {
    const longer = new Uint8Array([...digest, 0]);
    expect(verifySecp256k1(longer.subarray(0, length), deviceSign(digest), address)).toBeUndefined();
  });

  test("parameters: the address in any case", () => {
    const signature = deviceSign(digest);
    const expected = verifySecp256k1(digest, signature, address);
    for (const each of [address.toLowerCase(), `0x${address.slice(2).toUpperCase()}`]) {
      expect(verifySecp256k1(digest, signature, each)).toEqual(expected);
    }
  });

  test("behavior: r keeps its leading zeros", () => {
    expect(verifySecp256k1(withShortR, deviceSign(withShortR), address)?.r).toMatch(/^0x00[0-9a-f]{62}$/);
  });

  test("behavior: agrees with noble's own verdict for any key and digest", () => {
    const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(bytes32, fc.constantFrom(...forms), (hash, form) => {
        const signature = deviceSign(hash, form);
        const publicKey = secp256k1.getPublicKey(hexToBytes(privateKey));
        const valid = secp256k1.verify(signature.slice(0, 64), hash, publicKey, {
          prehash: false,
          lowS: false,
        });
        expect(verifySecp256k1(hash, signature, address) !== undefined).toBe(valid);
      }),
      { numRuns: isFullRun() ? 200 : 20 },
    );
  });

  test.each(deviceLies(digest))("behavior: a signature that is %s is refused", (_, signature) => {
    expect(verifySecp256k1(digest, signature, address)).toBeUndefined();
  });

  test("behavior: a signature with any one bit of r or s changed is refused", () => {
    const good = deviceSign(digest);
    for (let bit = 0; bit < 512; bit += isFullRun() ? 1 : 13) {
      const changed = good.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verifySecp256k1(digest, changed, address)).toBeUndefined();
    }
  });

  test.each([0, 31, 33, 64])("behavior: a digest of %i bytes is refused", (length) => {
    expect(verifySecp256k1(new Uint8Array(length), deviceSign(digest), address)).toBeUndefined();
  });
});

describe("recoverPublicKey", () => {
  test("default: is given a digest, a low s, and the claimed parity first", () => {
    const asked: unknown[] = [];
    const signature = deviceSign(digest);
    const verified = verifySecp256k1(digest, signature, address, (...given) => {
      asked.push(given);
      return recover(...given);
    });
    expect(verified).toEqual(verifySecp256k1(digest, signature, address));
    expect(asked).toEqual([[digest, signature.slice(0, 64), signature[64], false]]);
  });

  const liars: readonly [string, () => unknown][] = [
    ["nothing", () => null],
    ["no bytes", () => "04"],
    ["a compressed key", () => secp256k1.getPublicKey(hexToBytes(privateKey), true)],
    ["another key", () => secp256k1.getPublicKey(new Uint8Array(32).fill(9), false)],
  ];
  test.each(liars)("behavior: where it answers with %s, no signature is taken", (_, answer) => {
    const lie = answer as () => Uint8Array;
    expect(verifySecp256k1(digest, deviceSign(digest), address, lie)).toBeUndefined();
  });

  const broken: readonly [string, unknown][] = [
    [
      "throws",
      () => {
        throw new Error("out of order");
      },
    ],
    ["is no function", { recover }],
  ];
  test.each(broken)("behavior: where it %s, JavaScript decides", (_, given) => {
    const recover = given as () => Uint8Array;
    const signature = deviceSign(digest);
    const expected = verifySecp256k1(digest, signature, address);
    expect(expected).toBeDefined();
    expect(verifySecp256k1(digest, signature, address, recover)).toEqual(expected);
    for (const [, lie] of deviceLies(digest).slice(0, 20))
      expect(verifySecp256k1(digest, lie, address, recover)).toBeUndefined();
  });

  test("behavior: what it does to its digest is not what is verified next", () => {
    const given = digest.slice();
    verifySecp256k1(given, deviceSign(digest), address, (theirs) => {
      theirs.fill(0);
      return null;
    });
    expect(given).toEqual(digest);
  });
});

describe("known keys", () => {
  test("behavior: of a thousand addresses the last 64 are remembered, and each is right whether it is or not", () => {
    const keys = new KnownKeys();
    const key = secp256k1.Point.BASE;
    for (let i = 0; i < 1_000; i++) keys.learn(`0x${i}`, key);
    expect(keys.find("0x935")).toBeUndefined();
    expect(keys.find("0x936")).toBe(key);
    // Just used, so that the next to go is another.
    keys.learn("0xnew", key);
    expect(keys.find("0x936")).toBe(key);
    expect(keys.find("0x937")).toBeUndefined();
  });

  test("behavior: a signature that is not by the address teaches nothing", () => {
    const keys = new KnownKeys();
    for (const [, lie] of deviceLies(digest)) verifyKnowing(keys, digest, lie, address);
    expect(keys.find(address.toLowerCase())).toBeUndefined();
    verifyKnowing(keys, digest, deviceSign(digest), address);
    expect(keys.find(address.toLowerCase())).toBeDefined();
  });
});
