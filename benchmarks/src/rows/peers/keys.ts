import { createECDH, generateKeyPairSync } from "node:crypto";

/** A P-256 key of nobody's, as Turnkey's users have one to sign their requests with. */
export function p256Key(): { readonly publicKey: string; readonly privateKey: string } {
  const privateKey = "11".repeat(32);
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(privateKey, "hex");
  return { privateKey, publicKey: curve.getPublicKey("hex", "compressed") };
}

/** A new key for requests, as PEM. */
export const ed25519Pem = (): string =>
  generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();

export const rsaPem = (): string =>
  generateKeyPairSync("rsa", { modulusLength: 2048 })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();

/** A new P-256 key in base64 of its DER, as CDP hands them out. */
export const p256Der = (): string =>
  generateKeyPairSync("ec", { namedCurve: "P-256" })
    .privateKey.export({ type: "pkcs8", format: "der" })
    .toString("base64");

/** A new Ed25519 key in base64: the seed and the public key. */
export function ed25519Pair(): string {
  const { d = "", x = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  return Buffer.concat([Buffer.from(d, "base64url"), Buffer.from(x, "base64url")]).toString("base64");
}
