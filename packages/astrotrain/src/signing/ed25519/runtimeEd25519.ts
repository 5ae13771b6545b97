import type { Ed25519 } from "./Ed25519.js";
import { nativeEd25519 } from "./nativeEd25519.js";
import { nobleEd25519 } from "./nobleEd25519.js";

/** The runtime's own Ed25519 where it has it, noble's otherwise. */
export const runtimeEd25519: Ed25519 = {
  importSeed: async (seed) => (await implementation()).importSeed(seed),
  verify: async (signature, message, publicKey) =>
    (await implementation()).verify(signature, message, publicKey),
};

let chosen: Promise<Ed25519> | undefined;

function implementation(): Promise<Ed25519> {
  chosen ??= hasNative().then((native) => (native ? nativeEd25519 : nobleEd25519));
  return chosen;
}

/** Asked by a signature from seed to verdict: some runtimes verify, but import no private key. */
async function hasNative(): Promise<boolean> {
  const message = new Uint8Array(1);
  try {
    const key = await nativeEd25519.importSeed(new Uint8Array(32));
    return await nativeEd25519.verify(await key.sign(message), message, key.publicKey);
  } catch {
    return false;
  }
}
