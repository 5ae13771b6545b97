import type { Ed25519 } from "./Ed25519.js";
import { nativeEd25519 } from "./nativeEd25519.js";
import { nobleEd25519 } from "./nobleEd25519.js";
import { verifierBy } from "./verifierBy.js";

const implementation = async (): Promise<Ed25519> => (await nativeEd25519()) ?? nobleEd25519;

/** The runtime's own Ed25519 where it has it, noble's otherwise. */
export const runtimeEd25519: Ed25519 = {
  importSeed: async (seed) => (await implementation()).importSeed(seed),
  verifier: (publicKey) => verifierBy(implementation, publicKey),
};
