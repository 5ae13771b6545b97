export { isBytes } from "../encoding/isBytes.js";
export { type NamesOf, refuseMisspelt } from "../internal/refuseMisspelt.js";
export type { VerifyEd25519 } from "../signing/ed25519/Ed25519.js";
export { isSmallOrder } from "../signing/ed25519/isSmallOrder.js";
export { nativeVerifier } from "../signing/ed25519/nativeEd25519.js";
export { checkClient, type SigningClient, signVerified, type VerifyDevice } from "./signVerified.js";
