import "../warnOnce.js";

// Each name has a tag of its own: editors strike through a name, and know nothing of a deprecated `export *` of another package.
export {
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  createNodeFetch,
  /** @deprecated `@sigil/jazz` is now `@sigil/astrotrain`. */
  type NodeFetchOptions,
} from "@sigil/astrotrain/node";
