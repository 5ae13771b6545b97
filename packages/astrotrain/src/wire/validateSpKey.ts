import { asObject, readBytes } from "./shape.js";

/** `POST /sp/pair/validate`. */
export const validateSpKeyPath: readonly string[] = ["sp", "pair", "validate"];

export type SpKeyValidation = {
  /** Base64url, 64 bytes: Ed25519 by the appliance's identity key over the code's UTF-8 bytes. */
  readonly signature: string;
  /** Base64url, 32 bytes: the appliance's identity key, where octane sends it. */
  readonly device_public_key?: string;
};

export function encodeValidateSpKey(request: { pairId: string; code: string }): string {
  return JSON.stringify({ pair_id: request.pairId, code: request.code });
}

export function decodeSpKeyValidation(answer: unknown): SpKeyValidation {
  const from = asObject(answer, "the body");
  const signature = readBytes(from, "signature", [64]);
  if (from.device_public_key == null) return { signature };
  return { signature, device_public_key: readBytes(from, "device_public_key", [32]) };
}
