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

/** Asked by importing a public key: the base point, 5866…66. */
async function hasNative(): Promise<boolean> {
  const point = new Uint8Array(32).fill(0x66);
  point[0] = 0x58;
  try {
    await crypto.subtle.importKey("raw", point, { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}
