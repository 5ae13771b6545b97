import { bytesToB64u, type SignOptions, type SignResult } from "@sigil/astrotrain";
import { address, deviceSign, type Form, privateKey } from "@sigil/testing/secp256k1Device";
import { Wallet } from "ethers";

/** ethers' own signer with the device's key: what ours must equal, byte for byte. */
export const oracle = new Wallet(privateKey);

export { address };

/** A client whose appliance answers in the given form, and notes what it was asked. */
export function clientOf(form?: Form) {
  const asked: SignOptions[] = [];
  const sign = async (options: SignOptions): Promise<SignResult> => {
    asked.push(options);
    return {
      device_signature: bytesToB64u(deviceSign(options.payload, form)),
      octane_signature: "",
      sp_signature: "",
      request_id: "r-1",
      signed_at: "",
    };
  };
  return { client: { sign }, asked };
}
