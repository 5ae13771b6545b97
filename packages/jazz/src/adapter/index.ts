import "../warnOnce.js";

// Each name has a tag of its own: editors strike through a name, and know nothing of a deprecated `export *` of another package.
export {
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  checkClient,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  isBytes,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  isSmallOrder,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type NamesOf,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  nativeVerifier,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  refuseMisspelt,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type SigningClient,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  signVerified,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type VerifyDevice,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type VerifyEd25519,
} from "@sigil/astrotrain/adapter";
