import { b64uToBytes } from "../../encoding/base64url.js";
import { destroyed, type Ed25519 } from "./Ed25519.js";
import { toPkcs8 } from "./toPkcs8.js";

const algorithm = { name: "Ed25519" };

/** WebCrypto's. The key that stays is not extractable. */
export const webCryptoEd25519: Ed25519 = {
  async importSeed(seed) {
    const pkcs8 = toPkcs8(seed);
    try {
      const publicKey = await derivePublicKey(pkcs8);
      let key: CryptoKey | undefined = await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, false, [
        "sign",
      ]);
      return {
        publicKey,
        sign: async (message) => {
          if (key === undefined) throw destroyed();
          return new Uint8Array(await crypto.subtle.sign(algorithm, key, new Uint8Array(message)));
        },
        // The runtime wipes it when nothing refers to it any more.
        destroy: () => {
          key = undefined;
        },
      };
    } finally {
      pkcs8.fill(0);
    }
  },
  verifier(publicKey) {
    let key: Promise<CryptoKey> | undefined;
    return async (signature, message) => {
      key ??= crypto.subtle.importKey("raw", new Uint8Array(publicKey), algorithm, false, ["verify"]);
      return crypto.subtle.verify(algorithm, await key, new Uint8Array(signature), new Uint8Array(message));
    };
  },
};

/** WebCrypto gives the public half of a private key only as a part of its JWK. */
async function derivePublicKey(pkcs8: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", key);
  return b64uToBytes(x ?? "");
}
