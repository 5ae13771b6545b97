import "../warnOnce.js";

// Each name has a tag of its own: editors strike through a name, and know nothing of a deprecated `export *`.
export {
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type AwaitPairResultOptions,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  awaitPairResult,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type BuildPairUriOptions,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  buildPairUri,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type CallOptions,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  ConfigError,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type CreatePairSessionOptions,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  createPairSession,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type EnabledWallets,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type GetEnabledWalletsOptions,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  getEnabledWallets,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  isPairRevoked,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  mintValidationCode,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type PairBinding,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type PairCompleted,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  PairError,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type PairErrorConstructor,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type PairErrorDetails,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type PairErrorKind,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type PairEvent,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type PairingOptions,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type PairRevoked,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type PairSession,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type Refusal,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type RequestedScope,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type Revocation,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type RevokePairingOptions,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  refusalOf,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  revokePairing,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type ScopeAccess,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type SpKeyValidation,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type SubscribeToEventsOptions,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  subscribeToEvents,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type UnknownPairEvent,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type ValidateSpKeyOptions,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  validateSpKey,
  /** @deprecated Import it from `@sigil/astrotrain/pairing`. */
  type WalletEntry,
} from "@sigil/astrotrain/pairing";
