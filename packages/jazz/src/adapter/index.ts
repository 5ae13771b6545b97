import "../warnOnce.js";

// Each name has a tag of its own: editors strike through a name, and know nothing of a deprecated `export *`.
export {
  /** @deprecated Import it from `@sigil/astrotrain/adapter`. */
  checkClient,
  /** @deprecated Import it from `@sigil/astrotrain/adapter`. */
  isBytes,
  /** @deprecated Import it from `@sigil/astrotrain/adapter`. */
  type SigningClient,
  /** @deprecated Import it from `@sigil/astrotrain/adapter`. */
  signVerified,
  /** @deprecated Import it from `@sigil/astrotrain/adapter`. */
  type VerifyDevice,
} from "@sigil/astrotrain/adapter";
