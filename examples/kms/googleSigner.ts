import { createPublicKey } from "node:crypto";
import type { SignerCallback } from "@sigil/astrotrain";

export type GoogleKey = {
  /** projects/…/locations/…/keyRings/…/cryptoKeys/…/cryptoKeyVersions/1, of algorithm EC_SIGN_ED25519. */
  readonly name: string;
  /** An access token that is still valid: `() => auth.getAccessToken()` of google-auth-library. */
  accessToken(): Promise<string | null | undefined>;
  readonly fetch?: typeof fetch;
};

/** The SP's key in Google Cloud KMS, over its REST API. */
export async function googleSigner(key: GoogleKey): Promise<SignerCallback> {
  const { algorithm, pem, pemCrc32c } = await ask(key, "/publicKey");
  if (algorithm !== "EC_SIGN_ED25519" || typeof pem !== "string") {
    throw new Error(`${key.name} is a key of algorithm ${algorithm}; take one of EC_SIGN_ED25519.`);
  }
  if (pemCrc32c !== crc32c(Buffer.from(pem))) throw new Error(`The public key of ${key.name} came damaged.`);
  return {
    publicKey: createPublicKey(pem).export({ format: "jwk" }).x ?? "",
    sign: async (message) => {
      const data = Buffer.from(message);
      const body = { data: data.toString("base64"), dataCrc32c: crc32c(data) };
      const answer = await ask(key, ":asymmetricSign", body);
      const signature = Buffer.from(String(answer.signature), "base64");
      if (answer.verifiedDataCrc32c !== true || answer.signatureCrc32c !== crc32c(signature)) {
        throw new Error(`What ${key.name} was to sign, or its signature, came damaged.`);
      }
      return signature;
    },
  };
}

async function ask(key: GoogleKey, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await (key.fetch ?? fetch)(`https://cloudkms.googleapis.com/v1/${key.name}${path}`, {
    headers: { authorization: `Bearer ${await key.accessToken()}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    redirect: "error",
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`Cloud KMS answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

/** CRC-32C (Castagnoli) as decimal text, which is how JSON has an int64. */
function crc32c(bytes: Uint8Array): string {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return String(~crc >>> 0);
}
