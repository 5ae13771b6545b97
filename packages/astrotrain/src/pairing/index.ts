export { ConfigError } from "../errors/ConfigError.js";
export {
  PairError,
  type PairErrorConstructor,
  type PairErrorDetails,
  type PairErrorKind,
} from "../errors/PairError.js";
export { type Refusal, refusalOf } from "../errors/refusalOf.js";
export type { CallOptions } from "../internal/CallOptions.js";
export type { PairSession } from "../wire/createPairSession.js";
export type { EnabledWallets, WalletEntry } from "../wire/enabledWallets.js";
export type { PairEvent, PairRevoked, UnknownPairEvent } from "../wire/pairEvent.js";
export type { PairBinding, PairCompleted } from "../wire/pairResult.js";
export type { Revocation } from "../wire/revokePairing.js";
export type { RequestedScope, ScopeAccess } from "../wire/scope.js";
export type { SpKeyValidation } from "../wire/validateSpKey.js";
export { type AwaitPairResultOptions, awaitPairResult } from "./awaitPairResult.js";
export { type BuildPairUriOptions, buildPairUri } from "./buildPairUri.js";
export { type CreatePairSessionOptions, createPairSession } from "./createPairSession.js";
export { type GetEnabledWalletsOptions, getEnabledWallets } from "./getEnabledWallets.js";
export { isPairRevoked } from "./isPairRevoked.js";
export { mintValidationCode } from "./mintValidationCode.js";
export type { PairingOptions } from "./pairCall.js";
export { type RevokePairingOptions, revokePairing } from "./revokePairing.js";
export { type SubscribeToEventsOptions, subscribeToEvents } from "./subscribeToEvents.js";
export { type ValidateSpKeyOptions, validateSpKey } from "./validateSpKey.js";
