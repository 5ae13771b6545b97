import type { Ed25519, VerifyEd25519 } from "./Ed25519.js";

/** A verifier by an implementation that is chosen at its first use. */
export function verifierBy(choose: () => Promise<Ed25519>, publicKey: Uint8Array): VerifyEd25519 {
  let verify: VerifyEd25519 | undefined;
  return async (signature, message) => {
    verify ??= (await choose()).verifier(publicKey);
    return verify(signature, message);
  };
}
