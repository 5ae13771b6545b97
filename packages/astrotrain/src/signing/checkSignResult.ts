import { b64uToBytes, bytesToB64u } from "../encoding/base64url.js";
import { SignError } from "../errors/SignError.js";
import { tracedBy, traceOf } from "../errors/traceOf.js";
import type { SignResult } from "../wire/sign.js";
import type { VerifyEd25519 } from "./ed25519/Ed25519.js";

/**
 * Holds the answer against what was sent: the SP's signature is the one sent, octane's verifies under its pinned key.
 * The device's is for the chain adapter to check, which knows how an address follows from a key.
 *
 * @throws SignError of kind `signature_mismatch`
 */
export async function checkSignResult(
  result: SignResult,
  sent: { readonly message: Uint8Array; readonly spSignature: Uint8Array; readonly idempotencyKey: string },
  verifyOctane: VerifyEd25519 | undefined,
): Promise<void> {
  if (result.sp_signature !== bytesToB64u(sent.spSignature))
    throw mismatch("sp", sent.idempotencyKey, result.request_id);
  if (verifyOctane === undefined) return;
  const signature = b64uToBytes(result.octane_signature);
  if (!(await verifyOctane(signature, sent.message).catch(() => false)))
    throw mismatch("octane", sent.idempotencyKey, result.request_id);
}

const meaning = {
  sp: "the SP signature in octane's answer is not the one that was sent: the answer belongs to another request",
  octane:
    "octane's signature does not verify under octanePublicKey: check the pinned key, and who answers at octaneUrl",
} as const;

function mismatch(party: "sp" | "octane", idempotencyKey: string, requestId: string): SignError {
  const trace = traceOf(requestId);
  const said = `sign failed: ${meaning[party]}. Nothing of the answer was used.${tracedBy(trace)}`;
  return new SignError(said, { kind: "signature_mismatch", party, idempotencyKey, ...trace });
}
