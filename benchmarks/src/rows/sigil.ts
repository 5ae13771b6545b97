import { AstrotrainClient, type AstrotrainClientConfig, b64uToBytes } from "@sigil/astrotrain";
import { apiKey, evmAccount, evmDigest, pairId, solanaAddress, solanaMessage, spSeed } from "../fixtures.js";
import type { Program } from "./Row.js";

type Fetch = AstrotrainClientConfig["fetch"];

export const toClient = (octaneUrl: string, fetch?: Fetch): AstrotrainClient =>
  new AstrotrainClient({ octaneUrl, apiKey, privateKeySeed: spSeed, fetch } as AstrotrainClientConfig);

const signatureOf = (result: { readonly device_signature: string }): Uint8Array =>
  b64uToBytes(result.device_signature);

/** The client alone: the device's signature is not verified, which is the adapters' part. */
export const clientEvm: Program = (baseUrl) => {
  const client = toClient(baseUrl);
  const request = { address: evmAccount.address, payload: evmDigest, algo: "secp256k1", pairId } as const;
  return { sign: () => client.sign(request), signatureOf };
};

export const clientSolana: Program = (baseUrl) => {
  const client = toClient(baseUrl);
  const request = { address: solanaAddress, payload: solanaMessage, algo: "ed25519", pairId } as const;
  return { sign: () => client.sign(request), signatureOf };
};
