import { type Ask, envelopeOf } from "./ask.js";
import { octane } from "./keys.js";

const toBase64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** Octane's answer around the device's signature, all else honest. */
export const answerTo = (ask: Ask, deviceSignature: Uint8Array): Readonly<Record<string, unknown>> => ({
  device_signature: toBase64Url(deviceSignature),
  octane_signature: toBase64Url(octane.sign(envelopeOf(ask))),
  sp_signature: ask.spSignature,
  request_id: "request-1",
  signed_at: "2026-01-01T00:00:00Z",
});

export const signed = (ask: Ask, deviceSignature: Uint8Array): Response =>
  Response.json(answerTo(ask, deviceSignature));

/** Octane's refusal, in the protocol's form. */
export const refused = (status: number, code: string, message = "for a person"): Response =>
  Response.json({ error: { code, message }, request_id: "request-1" }, { status });

/** The refusals that a signer meets. */
export const refusals: readonly (readonly [code: string, status: number])[] = [
  ["user_rejected", 403],
  ["user_timeout", 408],
  ["pair_pending", 403],
  ["pair_revoked", 403],
  ["scope_denied", 403],
  ["policy_denied", 403],
  ["not_found", 404],
  ["pair_id_required", 400],
  ["unauthorized", 401],
  ["appliance_offline", 503],
];
