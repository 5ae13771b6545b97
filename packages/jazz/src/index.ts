import "./warnOnce.js";

// Each name has a tag of its own: editors strike through a name, and know nothing of a deprecated `export *`.
export {
  /** @deprecated Import it from `@sigil/astrotrain`. */
  AstrotrainClient,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type AstrotrainClientConfig,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type AwaitPairResultOptions,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  awaitPairResult,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type BuildPairUriOptions,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  b64uToBytes,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  buildPairUri,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  buildSpMessage,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  bytesToB64u,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  bytesToHex,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type CallOptions,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  ConfigError,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type CreatePairSessionOptions,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  createPairSession,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type EnabledWallets,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type GetEnabledWalletsOptions,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  getEnabledWallets,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  hexToBytes,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  isPairRevoked,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  mintValidationCode,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type PairBinding,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type PairCompleted,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  PairError,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type PairErrorConstructor,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type PairErrorDetails,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type PairErrorKind,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type PairEvent,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type PairingOptions,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type PairRevoked,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type PairSession,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type PairWatch,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type Refusal,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type RequestedScope,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type Revocation,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type RevokePairingOptions,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  refusalOf,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  revokePairing,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type ScopeAccess,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type SignAlgo,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  SignError,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type SignErrorConstructor,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type SignErrorDetails,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type SignErrorKind,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type SignerCallback,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type SignOptions,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type SignOutcome,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type SignRequest,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type SignResult,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type SpKeyConfig,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type SpKeyValidation,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type SubscribeToEventsOptions,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  sign,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  subscribeToEvents,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type UnknownPairEvent,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type ValidateSpKeyOptions,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  validateSpKey,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type WalletEntry,
  /** @deprecated Import it from `@sigil/astrotrain`. */
  type WatchPairOptions,
} from "@sigil/astrotrain";
