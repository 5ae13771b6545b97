import { ed25519 } from "@noble/curves/ed25519.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { base58 } from "@scure/base";

/** Whether the bytes are a device's signature over the payload by the key of the address. */
export function isByDevice(address: string, payload: Uint8Array, signature: Uint8Array): boolean {
  return address.startsWith("0x")
    ? isByEvmKey(address, payload, signature)
    : signature.length === 64 && isByEd25519Key(decodeBase58(address), payload, signature);
}

/** Whether the bytes are an Ed25519 signature over the message by the key. */
export function isByEd25519Key(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}

/** `r‖s` fits where one of two keys does; `r‖s‖v` says which, by v of 0, 1, 27 or 28. */
function isByEvmKey(address: string, digest: Uint8Array, signature: Uint8Array): boolean {
  const rs = signature.subarray(0, 64);
  if (signature.length === 64) return [0, 1].some((bit) => recovers(address, digest, rs, bit));
  const bit = [0, 1, 27, 28].indexOf(signature[64] ?? -1);
  return signature.length === 65 && bit >= 0 && recovers(address, digest, rs, bit % 2);
}

function recovers(address: string, digest: Uint8Array, rs: Uint8Array, bit: number): boolean {
  try {
    const compact = secp256k1.recoverPublicKey(Uint8Array.of(bit, ...rs), digest, { prehash: false });
    const key = secp256k1.Point.fromBytes(compact).toBytes(false);
    const found = bytesToHex(keccak_256(key.subarray(1)).subarray(12));
    return found === address.slice(2).toLowerCase();
  } catch {
    return false;
  }
}

function decodeBase58(text: string): Uint8Array {
  try {
    return base58.decode(text);
  } catch {
    return new Uint8Array();
  }
}
