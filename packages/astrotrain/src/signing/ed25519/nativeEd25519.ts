import { b64uToBytes } from "../../encoding/base64url.js";
import { destroyed, type Ed25519 } from "./Ed25519.js";

const algorithm = { name: "Ed25519" };

/** PKCS #8 around a raw seed (RFC 8410 section 7): WebCrypto takes private keys in no shorter form. */
const pkcs8Prefix: readonly number[] = [
  0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20,
];

/** WebCrypto's. The key that stays is not extractable. */
export const nativeEd25519: Ed25519 = {
  async importSeed(seed) {
    const pkcs8 = new Uint8Array(pkcs8Prefix.length + seed.length);
    pkcs8.set(pkcs8Prefix);
    pkcs8.set(seed, pkcs8Prefix.length);
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
  async verify(signature, message, publicKey) {
    const key = await crypto.subtle.importKey("raw", new Uint8Array(publicKey), algorithm, false, ["verify"]);
    return crypto.subtle.verify(algorithm, key, new Uint8Array(signature), new Uint8Array(message));
  },
};

/** WebCrypto gives the public half of a private key only as a part of its JWK. */
async function derivePublicKey(pkcs8: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", key);
  return b64uToBytes(x ?? "");
}
