import { ed25519DeviceLies, ed25519Seed } from "../ed25519Device.js";
import { deviceLies, deviceSign, forms, address as secp256k1Address } from "../secp256k1Device.js";

import { ed25519Key } from "./ed25519.js";

export type Algo = "secp256k1" | "ed25519";

/** A wallet on the appliance: what it answers when it is honest, and when it isn't. */
export type Wallet = {
  readonly address: string;
  sign(payload: Uint8Array): Uint8Array;
  /** Every honest answer, where the protocol allows for several. */
  honest(payload: Uint8Array): readonly Uint8Array[];
  lies(payload: Uint8Array): readonly (readonly [lie: string, signature: Uint8Array])[];
};

const ed25519 = ed25519Key(ed25519Seed);

export const wallets: Readonly<Record<Algo, Wallet>> = {
  secp256k1: {
    address: secp256k1Address,
    sign: (payload) => deviceSign(payload),
    honest: (payload) => forms.map((form) => deviceSign(payload, form)),
    lies: deviceLies,
  },
  ed25519: {
    address: "8SFqwqnq4whPhs8icwHA2hQg3hUoN1qrCLK1SBx3WKwe",
    sign: ed25519.sign,
    honest: (payload) => [ed25519.sign(payload)],
    lies: ed25519DeviceLies,
  },
};
