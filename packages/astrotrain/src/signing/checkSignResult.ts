import { b64uToBytes } from "../encoding/base64url.js";
import { equalBytes } from "../encoding/equalBytes.js";
import { SignError } from "../errors/SignError.js";
import type { SignResult } from "../wire/sign.js";
import { runtimeEd25519 } from "./ed25519/runtimeEd25519.js";

/**
 * Holds the answer against what was sent: the SP's signature is the one sent, octane's verifies under its pinned key.
 * The device's is for the chain adapter to check, which knows how an address follows from a key.
 *
 * @throws SignError of kind `signature_mismatch`
 */
export async function checkSignResult(
  result: SignResult,
  sent: { readonly message: Uint8Array; readonly spSignature: Uint8Array; readonly idempotencyKey: string },
  octanePublicKey: Uint8Array | undefined,
): Promise<void> {
  if (!equalBytes(b64uToBytes(result.sp_signature), sent.spSignature))
    throw mismatch("sp", sent.idempotencyKey);
  if (octanePublicKey === undefined) return;
  const signature = b64uToBytes(result.octane_signature);
  if (!(await runtimeEd25519.verify(signature, sent.message, octanePublicKey).catch(() => false)))
    throw mismatch("octane", sent.idempotencyKey);
}

const meaning = {
  sp: "the SP signature in octane's answer is not the one that was sent: the answer belongs to another request",
  octane:
    "octane's signature does not verify under octanePublicKey: check the pinned key, and who answers at octaneUrl",
} as const;

const mismatch = (party: "sp" | "octane", idempotencyKey: string): SignError =>
  new SignError(`sign failed: ${meaning[party]}. Nothing of the answer was used.`, {
    kind: "signature_mismatch",
    party,
    idempotencyKey,
  });
