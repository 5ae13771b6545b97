import { getPublicKeyAsync, signAsync, verifyAsync } from "@noble/ed25519";
import { destroyed, type Ed25519 } from "./Ed25519.js";

/** In JavaScript, for runtimes that have no Ed25519 of their own. */
export const nobleEd25519: Ed25519 = {
  async importSeed(seed) {
    const kept = new Uint8Array(seed);
    let alive = true;
    return {
      publicKey: await getPublicKeyAsync(kept),
      sign: async (message) => {
        // All zeros are a key as well: its signature would be one by somebody else.
        if (!alive) throw destroyed();
        return signAsync(message, kept);
      },
      destroy: () => {
        alive = false;
        kept.fill(0);
      },
    };
  },
  verifier: (publicKey) => (signature, message) =>
    // RFC 8032 and not ZIP-215, which accepts more than the runtimes' own do.
    verifyAsync(signature, message, publicKey, { zip215: false }),
};
