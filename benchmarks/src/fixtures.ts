import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { buildSpMessage } from "@sigil/astrotrain";
import { Keypair, PublicKey, SystemProgram, TransactionMessage, VersionedTransaction } from "@solana/web3.js";
import { type Hex, hashMessage, hexToBytes, parseSignature } from "viem";
import { privateKeyToAccount } from "viem/accounts";

// What everybody signs, and the signatures that the mock answers with. All keys are well-known test keys.

export const evmKey: Hex = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
export const evmAccount = privateKeyToAccount(evmKey);
export const evmMessage = "Every row of this benchmark signs this message.";
export const evmHash = hashMessage(evmMessage);
export const evmDigest = hexToBytes(evmHash);
/** 65 bytes, `r‖s‖v`. */
export const evmSignature = await evmAccount.signMessage({ message: evmMessage });
const parts = parseSignature(evmSignature);
/** The same in parts, in hexadecimal without 0x. */
export const evmParts = { r: parts.r.slice(2), s: parts.s.slice(2), yParity: parts.yParity };

export const solanaSeed = new Uint8Array(32).fill(7);
const solanaKeypair = Keypair.fromSeed(solanaSeed);
export const solanaAddress = solanaKeypair.publicKey.toBase58();
const transfer = new TransactionMessage({
  payerKey: solanaKeypair.publicKey,
  recentBlockhash: new PublicKey(new Uint8Array(32).fill(9)).toBase58(),
  instructions: [
    SystemProgram.transfer({
      fromPubkey: solanaKeypair.publicKey,
      toPubkey: new PublicKey(new Uint8Array(32).fill(3)),
      lamports: 1_000_000,
    }),
  ],
}).compileToV0Message();

/** A transfer that nobody has signed yet: web3.js writes signatures into the object, so each call takes a new one. */
export const unsignedTransfer = (): VersionedTransaction => new VersionedTransaction(transfer);
export const solanaMessage = transfer.serialize();

/** A seed as Node's own key. */
export function ed25519Key(seed: Uint8Array): KeyObject {
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  return createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
}

export const solanaSignature = new Uint8Array(sign(null, solanaMessage, ed25519Key(solanaSeed)));

export const spSeed = new Uint8Array(32).fill(1);
export const apiKey = "sk_test_benchmark";
export const pairId = "pair_benchmark";

const spKey = ed25519Key(spSeed);
const octaneKey = ed25519Key(new Uint8Array(32).fill(2));
const b64u = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** What octane answers to a request for this signature. */
export function octaneAnswer(payload: Uint8Array, address: string, deviceSignature: Uint8Array): string {
  const message = buildSpMessage(payload, address);
  return JSON.stringify({
    device_signature: b64u(deviceSignature),
    octane_signature: b64u(sign(null, message, octaneKey)),
    sp_signature: b64u(sign(null, message, spKey)),
    request_id: "6f1c1f9e-3b55-4d57-9b2c-0d1f3f6d1a11",
    signed_at: "2026-01-01T00:00:00.000Z",
  });
}
