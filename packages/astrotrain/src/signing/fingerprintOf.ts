import { bytesToB64u } from "../encoding/base64url.js";

/** The SHA-256 of a text: as good as the text where it is only to be recognised, and never long. */
export async function fingerprintOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return bytesToB64u(new Uint8Array(digest));
}
