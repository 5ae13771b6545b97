/** An object as it came. */
export type Json = Readonly<Record<string, unknown>>;

/** The object in the text, or an empty one. */
export function objectOf(text: string): Json {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return {};
  }
}

/** The value where it is an object and no list, or an empty one. */
export function asObject(value: unknown): Json {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Json) : {};
}

/** The objects of a list, none where it is no list. */
export function asObjects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}
