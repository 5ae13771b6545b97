import { concatBytes } from "@noble/hashes/utils.js";
import { toUtf8 } from "../encoding/utf8.js";
import { createSigner, publicKeyOf } from "../internal/ed25519.js";

/** The bytes the service provider and octane both sign: `payload ‖ utf8(address)`, the address exactly as it was sent. */
export function envelopeOf(payload: Uint8Array, address: string): Uint8Array {
  return concatBytes(payload, toUtf8(address));
}

/** Octane's own key pair; the secret half stays in the closure. */
export type OctaneKey = {
  readonly publicKey: Uint8Array;
  sign(envelope: Uint8Array): Promise<Uint8Array>;
};

/** Makes octane's key of a 32-byte seed. */
export function createOctaneKey(seed: Uint8Array): OctaneKey {
  return { publicKey: publicKeyOf(seed), sign: createSigner(seed) };
}
