import { createHash } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import type { SignerCallback } from "../src/signing/SpSigner.js";
import { spSeed } from "./keys.js";

/** Two signatures over the same are both good, and differ: the key signs with two different nonces. */
export function hedgedSigner(): SignerCallback {
  const order = ed25519.Point.Fn.ORDER;
  const { prefix, scalar, pointBytes } = ed25519.utils.getExtendedPublicKey(spSeed);
  let nonce = 0n;
  const toBytes = (value: bigint): Uint8Array => ed25519.Point.Fn.toBytes(value % order);
  return {
    publicKey: pointBytes,
    sign: (message) => {
      nonce += BigInt(prefix[0] ?? 1) + 1n;
      const R = ed25519.Point.BASE.multiply(nonce).toBytes();
      const hash = createHash("sha512").update(R).update(pointBytes).update(message).digest();
      const k = BigInt(`0x${Buffer.from(hash).reverse().toString("hex")}`) % order;
      return new Uint8Array([...R, ...toBytes(nonce + k * scalar)]);
    },
  };
}
