import type { AstrotrainClientConfig } from "@sigil/astrotrain";

type SignBody = { readonly sp_signature: string };

const bytes64 = Buffer.alloc(64, 9).toString("base64url");

/** What octane answers to a request for a signature; the device's is made up, for nobody here checks it. */
export function signAnswer(body: string): Record<string, string> {
  const { sp_signature } = JSON.parse(body) as SignBody;
  return {
    device_signature: bytes64,
    octane_signature: bytes64,
    sp_signature,
    request_id: "r-1",
    signed_at: "2026-01-01T00:00:00Z",
  };
}

/** The keys of a service provider, which are test keys that everyone may know. */
export const testKeys = {
  apiKey: "test-api-key-0001",
  privateKeySeed: new Uint8Array(32).fill(1),
} satisfies Partial<AstrotrainClientConfig>;

export const testRequest = {
  address: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
  payload: new Uint8Array(32).fill(7),
  algo: "secp256k1",
} as const;
