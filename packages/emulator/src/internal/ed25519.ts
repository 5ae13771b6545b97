/**
 * Ed25519 (RFC 8032) by the platform, which is several times faster, or by the library where the platform has none.
 * Signatures are deterministic, so both give the same bytes.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToNumberLE } from "@noble/curves/utils.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { fromHex } from "../encoding/hex.js";

/** What precedes a 32-byte seed in PKCS #8 (RFC 8410, section 7): the only form in which WebCrypto takes it. */
const pkcs8Head = fromHex("302e020100300506032b657004220420") ?? new Uint8Array();

const { BASE, Fn } = ed25519.Point;
/** The same point without the library's table, which takes far longer to make than one multiplication without it. */
const base = ed25519.Point.fromAffine(BASE.toAffine());

/** The 32-byte public key of a seed (RFC 8032, section 5.1.5). Not in constant time: an emulator's keys are test keys. */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  const scalar = sha512(seed).subarray(0, 32);
  scalar.set([(scalar[0] ?? 0) & 248], 0);
  scalar.set([((scalar[31] ?? 0) & 127) | 64], 31);
  return base.multiplyUnsafe(Fn.create(bytesToNumberLE(scalar))).toBytes();
}

/** Signs with the seed; it stays in the closure. */
export function createSigner(seed: Uint8Array): (message: Uint8Array) => Promise<Uint8Array> {
  const imported = importKey("pkcs8", concatBytes(pkcs8Head, seed), "sign");
  return async (message) => {
    const key = await imported;
    if (key === undefined) return ed25519.sign(message, seed);
    return new Uint8Array(await crypto.subtle.sign("Ed25519", key, buffer(message)));
  };
}

/** Verifies signatures of one key. */
export function createVerifier(
  publicKey: Uint8Array,
): (signature: Uint8Array, message: Uint8Array) => Promise<boolean> {
  const imported = importKey("raw", publicKey, "verify");
  return async (signature, message) => {
    const key = await imported;
    if (key === undefined) return ed25519.verify(signature, message, publicKey, { zip215: false });
    return crypto.subtle.verify("Ed25519", key, buffer(signature), buffer(message));
  };
}

/** The key, not extractable, or nothing where the platform has no WebCrypto or no Ed25519 in it. */
async function importKey(
  format: "raw" | "pkcs8",
  bytes: Uint8Array,
  usage: "sign" | "verify",
): Promise<CryptoKey | undefined> {
  try {
    return await crypto.subtle.importKey(format, buffer(bytes), "Ed25519", false, [usage]);
  } catch {
    return undefined;
  }
}

/** WebCrypto's types want bytes that are surely not shared between threads. */
function buffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
