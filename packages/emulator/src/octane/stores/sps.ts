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

/** What a service provider registers with. */
export type SpRegistration = {
  /** The name the appliance shows. */
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly allowedReturnOrigins: readonly string[];
};

/** The service providers of one octane, found by API key. */
export type Sps = {
  /** Answers with the API key. */
  add(registration: SpRegistration): string;
  find(apiKey: string): Sp | undefined;
  get(id: string): Sp | undefined;
};

/** Makes an empty store. */
export function createSps(randomBytes: RandomBytes): Sps {
  const byKey = new Map<string, Sp>();
  const byId = new Map<string, Sp>();
  return {
    add: (registration) => {
      const apiKey = `sk_test_emulator_${toBase64Url(randomBytes(24))}`;
      const verify = createVerifier(registration.publicKey);
      const sp: Sp = { ...registration, id: uuid(randomBytes), verify };
      byKey.set(apiKey, sp);
      byId.set(sp.id, sp);
      return apiKey;
    },
    find: (apiKey) => byKey.get(apiKey),
    get: (id) => byId.get(id),
  };
}
