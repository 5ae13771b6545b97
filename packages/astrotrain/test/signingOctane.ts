import { ed25519 } from "@noble/curves/ed25519.js";
import { b64uToBytes, bytesToB64u } from "../src/encoding/base64url.js";
import { octaneSeed } from "./keys.js";
import { type Answer, json, scriptedOctane } from "./scriptedOctane.js";

type SignBody = { readonly payload: string; readonly address: string; readonly sp_signature: string };

export const octanePublicKey: Uint8Array = ed25519.getPublicKey(octaneSeed);

/** The answer of an honest octane to one request; the device's signature is made up, for nobody here checks it. */
export function honestAnswer(body: unknown): Record<string, unknown> {
  const { payload, address, sp_signature } = body as SignBody;
  const message = new Uint8Array([...b64uToBytes(payload), ...new TextEncoder().encode(address)]);
  return {
    device_signature: bytesToB64u(new Uint8Array(64).fill(9)),
    octane_signature: bytesToB64u(ed25519.sign(message, octaneSeed)),
    sp_signature,
    request_id: "r-1",
    signed_at: "2026-01-01T00:00:00Z",
  };
}

/** An octane that answers each request honestly, but for the fields that `spoil` replaces. */
export function signingOctane(
  spoil: (answer: Record<string, unknown>) => Record<string, unknown> = (answer) => answer,
) {
  const answer: Answer = ({ body }) => json(spoil(honestAnswer(body)));
  return scriptedOctane(answer);
}
