import { getPublicKeyAsync, signAsync, verifyAsync } from "@noble/ed25519";
import type { Ed25519 } from "./Ed25519.js";

/** In JavaScript, for runtimes whose WebCrypto has no Ed25519. */
export const nobleEd25519: Ed25519 = {
  async importSeed(seed) {
    const kept = new Uint8Array(seed);
    return { publicKey: await getPublicKeyAsync(kept), sign: (message) => signAsync(message, kept) };
  },
  // RFC 8032 and not ZIP-215, which accepts more than the runtimes' own do.
  verify: (signature, message, publicKey) => verifyAsync(signature, message, publicKey, { zip215: false }),
};
