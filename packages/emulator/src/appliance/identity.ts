import { ed25519 } from "@noble/curves/ed25519.js";
import { toBase64Url } from "../encoding/base64url.js";
import { toUtf8 } from "../encoding/utf8.js";
import { publicKeyOf } from "../internal/ed25519.js";

/** The appliance's identity key (Ed25519), which answers validation codes. The secret half stays in the closure. */
export type Identity = {
  /** Base64url of 32 bytes. */
  readonly publicKey: string;
  /** The signature over the code's UTF-8 bytes, as base64url. */
  sign(code: string): string;
};

/** Makes an identity of a 32-byte seed. */
export function createIdentity(seed: Uint8Array): Identity {
  let publicKey: string | undefined;
  return {
    // Not before it is asked for: a first emulator is there the sooner.
    get publicKey() {
      publicKey ??= toBase64Url(publicKeyOf(seed));
      return publicKey;
    },
    sign: (code) => toBase64Url(ed25519.sign(toUtf8(code), seed)),
  };
}
