import { ed25519DeviceSign, ed25519PublicKey, ed25519Seed } from "@sigil/testing/ed25519Device";
import { signingClient } from "@sigil/testing/signingClient";
import { getAddressDecoder } from "@solana/kit";

export const seed = ed25519Seed;
export const address = getAddressDecoder().decode(ed25519PublicKey);

/** A client whose appliance signs honestly, and notes what it was asked. */
export const clientOf = (answer: (payload: Uint8Array) => Uint8Array = ed25519DeviceSign) =>
  signingClient((payload) => answer(payload));
