import { secp256k1 } from "@noble/curves/secp256k1.js";
import { bytesToHex, hexToBytes } from "@sigil/astrotrain";
import { address, deviceLies, deviceSign, forms, privateKey } from "@sigil/testing/secp256k1Device";
import fc from "fast-check";
import { recoverAddress, serializeSignature } from "viem";
import { describe, expect, test } from "vitest";
import { verifySecp256k1 } from "./verifySecp256k1.js";

const digest = new Uint8Array(32).fill(7);
const order = secp256k1.Point.Fn.ORDER;
const scalar = (value: bigint): Uint8Array => hexToBytes(value.toString(16).padStart(64, "0"));

describe("verifySecp256k1", () => {
  test("default: low s, and the parity that viem recovers the address with", async () => {
    const signature = verifySecp256k1(digest, deviceSign(digest), address);
    if (signature === undefined) throw new Error("expected a signature");
    expect(BigInt(signature.s)).toBeLessThanOrEqual(order / 2n);
    expect(await recoverAddress({ hash: bytesToHex(digest), signature: serializeSignature(signature) })).toBe(
      address,
    );
  });

  test.each(forms)("parameters: high s $highS, v $v: the same normal form", (form) => {
    for (let i = 0; i < 20; i++) {
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

  test("behavior: r and s keep their leading zeros", () => {
    let found = false;
    for (let i = 0; i < 2000 && !found; i++) {
      const each = scalar(BigInt(i));
      const signature = deviceSign(each);
      if (signature[0] !== 0) continue;
      found = true;
      expect(verifySecp256k1(each, signature, address)?.r).toHaveLength(66);
    }
    expect(found).toBe(true);
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
      { numRuns: 200 },
    );
  });

  test.each(deviceLies(digest))("behavior: a signature that is %s is refused", (_, signature) => {
    expect(verifySecp256k1(digest, signature, address)).toBeUndefined();
  });

  test("behavior: a signature with any one bit of r or s changed is refused", () => {
    const good = deviceSign(digest);
    for (let bit = 0; bit < 512; bit++) {
      const changed = good.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verifySecp256k1(digest, changed, address)).toBeUndefined();
    }
  });

  test.each([0, 31, 33, 64])("behavior: a digest of %i bytes is refused", (length) => {
    expect(verifySecp256k1(new Uint8Array(length), deviceSign(digest), address)).toBeUndefined();
  });
});
