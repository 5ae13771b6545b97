import { ed25519 } from "@noble/curves/ed25519.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { toUtf8 } from "../encoding/utf8.js";
import type { RandomBytes } from "../random.js";

/** The bytes the service provider and octane both sign: `payload ‖ utf8(address)`, the address exactly as it was sent. */
export function envelopeOf(payload: Uint8Array, address: string): Uint8Array {
  return concatBytes(payload, toUtf8(address));
}

/** Whether this is the service provider's Ed25519 signature over the envelope (RFC 8032, not the laxer ZIP-215). */
export function verifyEnvelope(signature: Uint8Array, envelope: Uint8Array, publicKey: Uint8Array): boolean {
  return ed25519.verify(signature, envelope, publicKey, { zip215: false });
}

/** Octane's own key pair; the secret half stays in the closure. */
export type OctaneKey = { readonly publicKey: Uint8Array; sign(envelope: Uint8Array): Uint8Array };

/** Makes octane's key. */
export function createOctaneKey(randomBytes: RandomBytes): OctaneKey {
  const seed = randomBytes(32);
  const publicKey = ed25519.getPublicKey(seed);
  return { publicKey, sign: (envelope) => ed25519.sign(envelope, seed) };
}
