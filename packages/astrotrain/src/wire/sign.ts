import { bytesToB64u } from "../encoding/base64url.js";
import { redact } from "../errors/redact.js";
import type { Secret } from "../errors/Secret.js";
import { asObject, readBytes, readString } from "./shape.js";

/** `POST /sp/sign`. */
export const signPath: readonly string[] = ["sp", "sign"];

/** The curve of the wallet's key: `secp256k1` for EVM chains, `ed25519` for Solana. */
export type SignAlgo = "secp256k1" | "ed25519";

export const signAlgos: readonly SignAlgo[] = ["secp256k1", "ed25519"];

/** The three signatures of one request; all bytes are base64url without padding. */
export type SignResult = {
  /**
   * By the wallet's key over the payload. Ed25519: 64 bytes. secp256k1: `r‖s` (64 bytes) or `r‖s‖v` (65 bytes),
   * s may be high; check it against the address before use, as the chain adapters do.
   */
  readonly device_signature: string;
  /** By octane over payload ‖ address: 64 bytes, Ed25519. */
  readonly octane_signature: string;
  /** By the service provider over payload ‖ address: 64 bytes, Ed25519. The one that was sent. */
  readonly sp_signature: string;
  readonly request_id: string;
  /** RFC 3339, UTC. */
  readonly signed_at: string;
};

export function encodeSign(request: {
  address: string;
  payload: Uint8Array;
  algo: SignAlgo;
  spSignature: Uint8Array;
  pairId: string | undefined;
  chain: string | undefined;
}): string {
  return JSON.stringify({
    address: request.address,
    payload: bytesToB64u(request.payload),
    algo: request.algo,
    sp_signature: bytesToB64u(request.spSignature),
    pair_id: request.pairId,
    chain: request.chain,
  });
}

/** @param secrets what an id, which goes into logs and errors, must not show if octane answers with it */
export function decodeSignResult(
  answer: unknown,
  algo: SignAlgo,
  secrets: readonly Secret[] = [],
): SignResult {
  const from = asObject(answer, "the body");
  return {
    device_signature: readBytes(from, "device_signature", algo === "secp256k1" ? [64, 65] : [64]),
    octane_signature: readBytes(from, "octane_signature", [64]),
    sp_signature: readBytes(from, "sp_signature", [64]),
    request_id: redact(readString(from, "request_id"), secrets),
    signed_at: readString(from, "signed_at"),
  };
}
