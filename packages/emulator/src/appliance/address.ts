import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { base58 } from "@scure/base";
import { toHex } from "../encoding/hex.js";
import { toUtf8 } from "../encoding/utf8.js";

const { BASE, Fn } = secp256k1.Point;
/** The same point without the library's table, which takes far longer to make than one multiplication without it. */
const base = secp256k1.Point.fromAffine(BASE.toAffine());

/** The EVM address of a secp256k1 private key, in the checksummed case of EIP-55. */
export function evmAddress(privateKey: Uint8Array): string {
  // Not in constant time: an emulator's keys are test keys.
  const publicKey = base.multiplyUnsafe(Fn.fromBytes(privateKey)).toBytes(false);
  // The first byte says that the key is uncompressed and is not part of what is hashed.
  const address = toHex(keccak_256(publicKey.subarray(1)).subarray(12));
  const hash = toHex(keccak_256(toUtf8(address)));
  const cased = Array.from(address, (digit, index) =>
    Number.parseInt(hash[index] ?? "0", 16) >= 8 ? digit.toUpperCase() : digit,
  );
  return `0x${cased.join("")}`;
}

/** The Solana address of an Ed25519 public key. */
export function solanaAddress(publicKey: Uint8Array): string {
  return base58.encode(publicKey);
}
