import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";

// The platform's, since each of thousands of requests is signed twice and checked once.

export type Ed25519Key = {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
};

/** @param seed 32 bytes. */
export function ed25519Key(seed: Uint8Array): Ed25519Key {
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    publicKey: new Uint8Array(spki.subarray(-32)),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

/** @param publicKey 32 bytes. */
export function verifyEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), publicKey]);
  return verify(null, message, { key: spki, format: "der", type: "spki" }, signature);
}
