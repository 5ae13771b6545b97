import { createNodeFetch } from "@sigil/astrotrain/node";
import { toSigilAccount } from "@sigil/viem";
import { recover as recoverPublicKey } from "tiny-secp256k1";
import { type Hex, type LocalAccount, recoverAddress } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { answeringClient } from "../answeringClient.js";
import { evmAccount, evmHash, evmKey, evmMessage, evmSignature, pairId } from "../fixtures.js";
import type { Program, Signer } from "./Row.js";
import { toClient } from "./sigil.js";

export const withViem = (account: Pick<LocalAccount, "signMessage">): Signer => ({
  sign: () => account.signMessage({ message: evmMessage }),
  signatureOf: (signature: Hex) => signature,
});

const { address } = evmAccount;

export const sigilViem: Program = (baseUrl) =>
  withViem(toSigilAccount({ client: toClient(baseUrl), address, pairId }));

export const sigilViemNodeFetch: Program = (baseUrl) =>
  withViem(toSigilAccount({ client: toClient(baseUrl, createNodeFetch()), address, pairId }));

export const sigilViemAccelerator: Program = (baseUrl) =>
  withViem(toSigilAccount({ client: toClient(baseUrl), address, pairId, recoverPublicKey }));

export const sigilViemAcceleratorNodeFetch: Program = (baseUrl) => {
  const client = toClient(baseUrl, createNodeFetch());
  return withViem(toSigilAccount({ client, address, pairId, recoverPublicKey }));
};

export const sigilViemCheckAccelerator: Program = () =>
  withViem(toSigilAccount({ client: answeringClient("secp256k1"), address, pairId, recoverPublicKey }));

export const sigilViemCheck: Program = () =>
  withViem(toSigilAccount({ client: answeringClient("secp256k1"), address, pairId }));

export const viemPrivateKey: Program = () => withViem(privateKeyToAccount(evmKey));

/** What a check costs with nothing learnt: viem's own way to find who signed. */
export const viemRecover: Program = () => ({
  sign: () => recoverAddress({ hash: evmHash, signature: evmSignature }),
  signatureOf: () => evmSignature,
});
