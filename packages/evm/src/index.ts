export { type EvmWallet, signDigest } from "./signDigest.js";
export { type VerifiedSignature, verifySecp256k1 } from "./verifySecp256k1.js";
