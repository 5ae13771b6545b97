import { ed25519 } from "@noble/curves/ed25519.js";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createSigner, createVerifier, publicKeyOf } from "./ed25519.js";

const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
/** RFC 8032, section 7.1, test 2. */
const seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
const publicKey = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
const message = hex("72");
const signature = hex(
  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
);

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(["the platform's", "the library's"])("Ed25519, %s", (whose) => {
  test("default", async () => {
    if (whose === "the library's") {
      vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new Error("NotSupportedError"));
    }
    const verify = createVerifier(publicKey);
    expect(await createSigner(seed)(message)).toEqual(signature);
    expect(await verify(signature, message)).toBe(true);
    expect(await verify(signature, hex("73"))).toBe(false);
    expect(await verify(new Uint8Array(64), message)).toBe(false);
  });
});

test("behavior: the public key is that of RFC 8032, and the library's", () => {
  expect(publicKeyOf(seed)).toEqual(publicKey);
  for (let byte = 0; byte < 256; byte += 1) {
    const other = new Uint8Array(32).fill(byte);
    expect(publicKeyOf(other)).toEqual(ed25519.getPublicKey(other));
  }
});
