import "../warnOnce.js";

// Each name has a tag of its own: editors strike through a name, and know nothing of a deprecated `export *` of another package.
export {
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type AwaitPairResultOptions,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  awaitPairResult,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type BuildPairUriOptions,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  buildPairUri,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type CallOptions,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  ConfigError,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type CreatePairSessionOptions,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  createPairSession,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type EnabledWallets,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type GetEnabledWalletsOptions,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  getEnabledWallets,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  isPairRevoked,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  mintValidationCode,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type PairBinding,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type PairCompleted,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  PairError,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type PairErrorConstructor,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type PairErrorDetails,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type PairErrorKind,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type PairEvent,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type PairingOptions,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type PairRevoked,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type PairSession,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type Refusal,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type RequestedScope,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type Revocation,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type RevokePairingOptions,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  refusalOf,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  revokePairing,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type ScopeAccess,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type SpKeyValidation,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type SubscribeToEventsOptions,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  subscribeToEvents,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type UnknownPairEvent,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type ValidateSpKeyOptions,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  validateSpKey,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type WalletEntry,
} from "@sigil/astrotrain/pairing";
