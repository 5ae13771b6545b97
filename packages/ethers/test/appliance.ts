import { address, deviceSign, type Form, privateKey } from "@sigil/testing/secp256k1Device";
import { signingClient } from "@sigil/testing/signingClient";
import { Wallet } from "ethers";

/** ethers' own signer with the device's key: what ours must equal, byte for byte. */
export const oracle = new Wallet(privateKey);

export { address };

/** A client whose appliance answers in the given form, and notes what it was asked. */
export const clientOf = (form?: Form) => signingClient((payload) => deviceSign(payload, form));
