export { checkRecoverPublicKey } from "./checkRecoverPublicKey.js";
export { evmWallets, type WalletsOptions } from "./evmWallets.js";
export { fieldsOf } from "./fieldsOf.js";
export {
  type FreshnessOption,
  refuseHash,
  requireFreshMessage,
  requireFreshNonce,
  requireFreshTypedData,
} from "./freshness.js";
export type { RecoverOption, RecoverPublicKey } from "./RecoverPublicKey.js";
export { type EvmWallet, signDigest } from "./signDigest.js";
export { snapshot, snapshotData } from "./snapshot.js";
export { textOf } from "./textOf.js";
export type { VerifiedSignature } from "./verifyKnowing.js";
export { verifySecp256k1 } from "./verifySecp256k1.js";
