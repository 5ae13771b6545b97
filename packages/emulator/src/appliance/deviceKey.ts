import { secp256k1 } from "@noble/curves/secp256k1.js";
import { fromHex, toHex } from "../encoding/hex.js";
import { createSigner, publicKeyOf } from "../internal/ed25519.js";
import { signDigest } from "../internal/secp256k1.js";
import type { Algo } from "../link/chains.js";
import { evmAddress, solanaAddress } from "./address.js";
import { ApplianceError } from "./errors.js";

/** One key of the appliance. Its private half is a private field: nothing prints or serialises it. */
export class DeviceKey {
  readonly algo: Algo;
  readonly address: string;
  readonly #privateKey: Uint8Array;
  #signer: ReturnType<typeof createSigner> | undefined;

  /**
   * @param address The key's, where it is known: working it out takes a while.
   * @throws ApplianceError `bad_key`, which does not repeat the key.
   */
  constructor(algo: Algo, privateKey: Uint8Array, address?: string) {
    this.algo = algo;
    this.#privateKey = algo === "secp256k1" ? evmKey(privateKey) : solanaSeed(privateKey);
    this.address = address ?? addressOf(algo, this.#privateKey);
  }

  /**
   * The device's signature over the payload as it is, the same each time: 65 bytes r‖s‖v with low s and v of 0 or 1
   * (RFC 6979), or 64 bytes for Ed25519 (RFC 8032).
   */
  async sign(payload: Uint8Array): Promise<Uint8Array> {
    if (this.algo === "ed25519") {
      // Not before it is needed: most keys of most emulators never sign.
      this.#signer ??= createSigner(this.#privateKey);
      return this.#signer(payload);
    }
    return signDigest(payload, this.#privateKey);
  }
}

function addressOf(algo: Algo, privateKey: Uint8Array): string {
  return algo === "secp256k1" ? evmAddress(privateKey) : solanaAddress(publicKeyOf(privateKey));
}

function evmKey(privateKey: Uint8Array): Uint8Array {
  if (secp256k1.utils.isValidSecretKey(privateKey)) return Uint8Array.from(privateKey);
  throw new ApplianceError(
    "bad_key",
    "An EVM private key is 32 bytes, not zero and below the curve's order.",
  );
}

/** 32 bytes of seed, or the 64 bytes of a Solana key file: the seed and its public key. */
function solanaSeed(privateKey: Uint8Array): Uint8Array {
  const seed = Uint8Array.from(privateKey.subarray(0, 32));
  if (privateKey.length === 32) return seed;
  if (privateKey.length === 64) {
    const publicKey = publicKeyOf(seed);
    if (publicKey.every((byte, index) => byte === privateKey[32 + index])) return seed;
  }
  throw new ApplianceError(
    "bad_key",
    "A Solana private key is its 32-byte seed, or 64 bytes: the seed and its public key.",
  );
}

/** The bytes of a key given as hex or bytes. */
export function keyBytes(key: string | Uint8Array): Uint8Array {
  const bytes = typeof key === "string" ? fromHex(key) : key;
  if (bytes instanceof Uint8Array) return bytes;
  throw new ApplianceError("bad_key", "A private key is hex, with or without 0x, or bytes.");
}

/** The same as hex, the form in which it is kept. */
export function keyHex(key: string | Uint8Array): string {
  return toHex(keyBytes(key));
}
