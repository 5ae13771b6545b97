import { secp256k1 } from "@noble/curves/secp256k1.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { expect, test } from "vitest";
import { signDigest } from "./secp256k1.js";

test("behavior: signatures are, byte by byte, those of another library", () => {
  for (let round = 0; round < 200; round += 1) {
    const privateKey = sha256(Uint8Array.of(1, round));
    const digest = sha256(Uint8Array.of(2, round));
    const [v, ...rs] = secp256k1.sign(digest, privateKey, { prehash: false, format: "recovered" });
    expect(signDigest(digest, privateKey)).toEqual(Uint8Array.of(...rs, v ?? 0));
  }
});
