import "./warnOnce.js";

// Each name has a tag of its own: editors strike through a name, and know nothing of a deprecated `export *` of another package.
export {
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  AstrotrainClient,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type AstrotrainClientConfig,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  b64uToBytes,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  buildSpMessage,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  bytesToB64u,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  bytesToHex,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  hexToBytes,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type PairWatch,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type SignAlgo,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  SignError,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type SignErrorConstructor,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type SignErrorDetails,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type SignErrorKind,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type SignerCallback,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type SignOptions,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type SignOutcome,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type SignRequest,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type SignResult,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type SpKeyConfig,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  sign,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type WatchPairOptions,
} from "@sigil/astrotrain";
export * from "./pairing/index.js";
