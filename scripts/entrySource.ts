/** From which sources an entry is built: one, or one for each kind of runtime, by the condition that asks for it. */
export type EntrySource = string | Readonly<Record<string, string>>;

/** What the repository's own condition in a package's `exports` leads to; entries that are no code, as styles, have none. */
export function entrySource(target: unknown): EntrySource | undefined {
  if (typeof target !== "object" || target === null) return undefined;
  return (target as { readonly "@sigil/source"?: EntrySource })["@sigil/source"];
}
