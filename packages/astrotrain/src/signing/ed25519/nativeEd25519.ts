import type { Ed25519, VerifyEd25519 } from "./Ed25519.js";
import { nodeEd25519 } from "./nodeEd25519.js";
import { verifierBy } from "./verifierBy.js";
import { webCryptoEd25519 } from "./webCryptoEd25519.js";

let chosen: Promise<Ed25519 | undefined> | undefined;

/** The runtime's own Ed25519, the one that costs less first; `undefined` where it has none. */
export function nativeEd25519(): Promise<Ed25519 | undefined> {
  chosen ??= firstThatWorks([nodeEd25519, webCryptoEd25519]);
  return chosen;
}

async function firstThatWorks(all: readonly Ed25519[]): Promise<Ed25519 | undefined> {
  for (const each of all) if (await works(each)) return each;
  return undefined;
}

/** Asked by a signature from seed to verdict: some runtimes verify, but import no private key. */
async function works(ed25519: Ed25519): Promise<boolean> {
  const message = new Uint8Array(1);
  try {
    const { publicKey, sign } = await ed25519.importSeed(new Uint8Array(32));
    return await ed25519.verifier(publicKey)(await sign(message), message);
  } catch {
    return false;
  }
}

/** Verifies with the runtime's own Ed25519 (RFC 8032). `publicKey` is 32 bytes. @throws TypeError where it has none. */
export const nativeVerifier = (publicKey: Uint8Array): VerifyEd25519 =>
  verifierBy(async () => {
    const found = await nativeEd25519();
    if (found === undefined) throw new TypeError("This runtime has no Ed25519.");
    return found;
  }, new Uint8Array(publicKey));
