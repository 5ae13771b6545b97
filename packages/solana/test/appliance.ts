import { bytesToB64u, type SignOptions, type SignResult } from "@sigil/astrotrain";
import { ed25519DeviceSign, ed25519PublicKey, ed25519Seed } from "@sigil/testing/ed25519Device";
import { getAddressDecoder } from "@solana/kit";

export const seed = ed25519Seed;
const publicKey = ed25519PublicKey;
export const address = getAddressDecoder().decode(publicKey);

/** A client whose appliance signs honestly, and notes what it was asked. */
export function clientOf(answer: (payload: Uint8Array) => Uint8Array = ed25519DeviceSign) {
  const asked: SignOptions[] = [];
  const sign = async (options: SignOptions): Promise<SignResult> => {
    asked.push(options);
    return {
      device_signature: bytesToB64u(answer(options.payload)),
      octane_signature: "",
      sp_signature: "",
      request_id: "r-1",
      signed_at: "",
    };
  };
  return { client: { sign }, asked };
}
