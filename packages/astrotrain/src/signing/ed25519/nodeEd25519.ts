import { b64uToBytes } from "../../encoding/base64url.js";
import { destroyed, type Ed25519 } from "./Ed25519.js";
import { toPkcs8 } from "./toPkcs8.js";

type Key = { export(as: { readonly format: "jwk" }): { readonly x?: string } };

/** What we use of Node's crypto module. Types that know Node are not for code which runs anywhere. */
type NodeCrypto = {
  createPrivateKey(key: { key: Uint8Array; format: "der"; type: "pkcs8" }): Key;
  createPublicKey(key: Key | { key: Uint8Array; format: "der"; type: "spki" }): Key;
  sign(algorithm: null, message: Uint8Array, key: Key): Uint8Array;
  verify(algorithm: null, message: Uint8Array, key: Key, signature: Uint8Array): boolean;
};

/**
 * Node's own, without WebCrypto before it: the same OpenSSL, but at once, where WebCrypto hands each signature to
 * another thread and back, which takes longer than to sign.
 */
export const nodeEd25519: Ed25519 = {
  async importSeed(seed) {
    const { createPrivateKey, createPublicKey, sign } = nodeCrypto();
    const pkcs8 = toPkcs8(seed);
    try {
      let key: Key | undefined = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
      return {
        publicKey: b64uToBytes(createPublicKey(key).export({ format: "jwk" }).x ?? ""),
        sign: async (message) => {
          if (key === undefined) throw destroyed();
          return new Uint8Array(sign(null, message, key));
        },
        // OpenSSL wipes it when nothing refers to it any more.
        destroy: () => {
          key = undefined;
        },
      };
    } finally {
      pkcs8.fill(0);
    }
  },
  verifier(publicKey) {
    let key: Key | undefined;
    return async (signature, message) => {
      const { createPublicKey, verify } = nodeCrypto();
      key ??= createPublicKey({ key: toSpki(publicKey), format: "der", type: "spki" });
      return verify(null, message, key, signature);
    };
  },
};

/** Without an import, which bundles for other runtimes could not follow. @throws where there is none. */
function nodeCrypto(): NodeCrypto {
  const { process } = globalThis as {
    process?: { getBuiltinModule?(name: string): NodeCrypto | undefined };
  };
  const found = process?.getBuiltinModule?.("crypto");
  if (found === undefined) throw new TypeError("this runtime has no crypto module of Node's");
  return found;
}

/** SubjectPublicKeyInfo around a raw public key (RFC 8410 section 4). */
const toSpki = (publicKey: Uint8Array): Uint8Array =>
  Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0, ...publicKey);
