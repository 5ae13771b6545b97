/**
 * ECDSA over secp256k1 by `@noble/secp256k1`, which signs in half of the time that `@noble/curves` takes: an emulator that
 * approves by itself does little else. Both give the same bytes (RFC 6979).
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { hashes, sign } from "@noble/secp256k1";

// The library brings no hash of its own.
hashes.sha256 = sha256;
hashes.hmacSha256 = (key, message) => hmac(sha256, key, message);

/** The signature over a 32-byte digest: 65 bytes r‖s‖v with low s and v of 0 or 1, the same each time. */
export function signDigest(digest: Uint8Array, privateKey: Uint8Array): Uint8Array {
  const recovered = sign(digest, privateKey, { prehash: false, format: "recovered" });
  // The library puts the recovery bit first, the wire has it last.
  const signature = new Uint8Array(65);
  signature.set(recovered.subarray(1));
  signature[64] = recovered[0] ?? 0;
  return signature;
}
