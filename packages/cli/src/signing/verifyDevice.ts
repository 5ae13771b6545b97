import { createPublicKey, verify } from "node:crypto";
import { b64uToBytes, bytesToB64u, type SignAlgo, SignError } from "@sigil/astrotrain";
import { verifySecp256k1 } from "@sigil/evm";
import { keyOf } from "./keyOf.js";

/** What was asked for, and of whom. */
export type Asked = { readonly address: string; readonly payload: Uint8Array; readonly algo: SignAlgo };

/**
 * Holds the device's signature against the address and the bytes that were sent, and gives it the form its chain takes: 65
 * bytes in hexadecimal for secp256k1, v 27 or 28 and s low; base64url as it came for ed25519.
 *
 * @throws SignError of kind `signature_mismatch`, party `device`.
 */
export function verifyDevice(asked: Asked, signature: string): string {
  const verified = asked.algo === "secp256k1" ? byAddress(asked, signature) : byKey(asked, signature);
  if (verified !== undefined) return verified;
  const message = `The device's signature is not by ${asked.address} over the payload that was sent.`;
  throw new SignError(message, { kind: "signature_mismatch", party: "device" });
}

function byAddress({ payload, address }: Asked, signature: string): string | undefined {
  const found = verifySecp256k1(payload, b64uToBytes(signature), address as `0x${string}`);
  if (found === undefined) return undefined;
  return `${found.r}${found.s.slice(2)}${found.yParity === 0 ? "1b" : "1c"}`;
}

function byKey({ payload, address }: Asked, signature: string): string | undefined {
  const key = keyOf(address);
  if (key?.length !== 32) return undefined;
  const jwk = { kty: "OKP", crv: "Ed25519", x: bytesToB64u(key) };
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  return verify(null, payload, publicKey, b64uToBytes(signature)) ? signature : undefined;
}
