import { decode } from "./client.js";

/** Verifies with the platform's Ed25519 rather than with the library that signed. */
export async function verifyEd25519(
  signature: string,
  message: Uint8Array,
  publicKey: string,
): Promise<boolean> {
  const bytes = (data: Uint8Array) => new Uint8Array(data);
  const key = await crypto.subtle.importKey("raw", bytes(decode(publicKey)), "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, bytes(decode(signature)), bytes(message));
}
