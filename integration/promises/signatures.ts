import { secp256k1 } from "@noble/curves/secp256k1.js";
import { privateKey } from "@sigil/testing/secp256k1Device";
import type { RawRequest } from "./rawOctane.js";

/** The first wallet of every emulator, by the words that it is made of. */
const publicKey = secp256k1.getPublicKey(Uint8Array.from(Buffer.from(privateKey.slice(2), "hex")));

/** A 32-byte payload that is nobody else's: a test can tell by it whose answer it has got. */
export function payloadOf(n: number): Uint8Array {
  const payload = new Uint8Array(32).fill(0x5a);
  new DataView(payload.buffer).setUint32(0, n);
  return payload;
}

/** The number in the payload of a sign request. */
export function numberIn({ body }: Pick<RawRequest, "body">): number {
  const { payload } = JSON.parse(body) as { payload: string };
  return Buffer.from(payload, "base64url").readUInt32BE(0);
}

/** Whether a device's signature, in base64url, is by the emulator's first wallet over this payload. */
export function isSignatureOver(payload: Uint8Array, signature: string): boolean {
  const compact = Uint8Array.from(Buffer.from(signature, "base64url").subarray(0, 64));
  return secp256k1.verify(compact, payload, publicKey, { prehash: false, lowS: false });
}
