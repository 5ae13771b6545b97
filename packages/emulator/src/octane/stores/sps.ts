import { ed25519 } from "@noble/curves/ed25519.js";
import { toBase64Url } from "../../encoding/base64url.js";
import { createVerifier } from "../../internal/ed25519.js";
import { type RandomBytes, uuid } from "../../random.js";

/** A service provider as octane knows it: no private half of any key. */
export type Sp = {
  readonly id: string;
  readonly name: string;
  readonly publicKey: Uint8Array;
  /** Whether this is the provider's Ed25519 signature over the bytes. */
  readonly verify: (signature: Uint8Array, bytes: Uint8Array) => Promise<boolean>;
  readonly allowedReturnOrigins: readonly string[];
};

/** What the service provider itself holds. Bytes are base64url without padding. */
export type SpCredentials = {
  readonly apiKey: string;
  readonly privateKeySeed: string;
  readonly publicKey: string;
};

/** The service providers of one octane, found by API key. */
export type Sps = {
  add(name: string, allowedReturnOrigins: readonly string[]): SpCredentials;
  find(apiKey: string): Sp | undefined;
  get(id: string): Sp | undefined;
};

/** Makes an empty store. */
export function createSps(randomBytes: RandomBytes): Sps {
  const byKey = new Map<string, Sp>();
  const byId = new Map<string, Sp>();
  return {
    add: (name, allowedReturnOrigins) => {
      const seed = randomBytes(32);
      const publicKey = ed25519.getPublicKey(seed);
      const apiKey = `sk_test_emulator_${toBase64Url(randomBytes(24))}`;
      const verify = createVerifier(publicKey);
      const sp: Sp = { id: uuid(randomBytes), name, publicKey, verify, allowedReturnOrigins };
      byKey.set(apiKey, sp);
      byId.set(sp.id, sp);
      return { apiKey, privateKeySeed: toBase64Url(seed), publicKey: toBase64Url(publicKey) };
    },
    find: (apiKey) => byKey.get(apiKey),
    get: (id) => byId.get(id),
  };
}
