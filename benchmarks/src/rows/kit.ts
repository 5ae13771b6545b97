import { createNodeFetch } from "@sigil/astrotrain/node";
import { toSigilSigner } from "@sigil/solana";
import { createKeyPairSignerFromPrivateKeyBytes, getTransactionDecoder } from "@solana/kit";
import { answeringClient } from "../answeringClient.js";
import { pairId, solanaAddress, solanaSeed, unsignedTransfer } from "../fixtures.js";
import type { Program, Signer } from "./Row.js";
import { toClient } from "./sigil.js";

/** A signer of kit's, whichever version of kit a library brings: the shape has stayed the same. */
export type KitSigner = { signTransactions(transactions: readonly never[]): Promise<unknown> };

export function withKit(signer: KitSigner): Signer {
  const transaction = getTransactionDecoder().decode(unsignedTransfer().serialize());
  return {
    sign: () => signer.signTransactions([transaction as never]),
    signatureOf: ([dictionary]: readonly Readonly<Record<string, Uint8Array>>[]) =>
      dictionary?.[solanaAddress] ?? new Uint8Array(),
  };
}

export const sigilKit: Program = (baseUrl) =>
  withKit(toSigilSigner({ client: toClient(baseUrl), address: solanaAddress, pairId }));

export const sigilKitNodeFetch: Program = (baseUrl) =>
  withKit(toSigilSigner({ client: toClient(baseUrl, createNodeFetch()), address: solanaAddress, pairId }));

export const sigilKitCheck: Program = () =>
  withKit(toSigilSigner({ client: answeringClient("ed25519"), address: solanaAddress, pairId }));

export const kitKeyPair: Program = async () =>
  withKit(await createKeyPairSignerFromPrivateKeyBytes(solanaSeed));
