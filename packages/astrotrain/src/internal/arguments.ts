import { ConfigError } from "../errors/ConfigError.js";

/** An id goes into a path segment, so it must not be able to leave it, whatever a proxy decodes on the way. */
export function checkId(field: string, value: unknown): string {
  const id = checkText(field, value, 256);
  // Percent-encoding holds all else, but proxies that decode a path before they normalise it bring these back.
  if (id === "." || id === ".." || /[\p{Cc}/\\]/u.test(id)) {
    throw new ConfigError(
      field,
      "is not an id that octane gives out: it has a slash, a backslash or a control character, or is a dot segment.",
    );
  }
  return id;
}

export function checkText(field: string, value: unknown, longest: number): string {
  if (typeof value !== "string" || value === "") throw new ConfigError(field, "must be a non-empty string.");
  if (value.length > longest)
    throw new ConfigError(field, `must have at most ${longest} characters, not ${value.length}.`);
  // A lone surrogate has no UTF-8 form, so what is sent would not be what was given.
  if (/\p{Cs}/u.test(value))
    throw new ConfigError(field, "must be well-formed Unicode: it has a lone surrogate.");
  return value;
}

export function checkOneOf<T extends string>(field: string, value: unknown, options: readonly T[]): T {
  const found = options.find((option) => option === value);
  if (found === undefined)
    throw new ConfigError(field, `must be ${options.map((option) => `"${option}"`).join(" or ")}.`);
  return found;
}

/** A six-digit code. The code itself is not repeated. */
export function checkCode(field: string, value: unknown): string {
  if (typeof value !== "string" || !/^[0-9]{6}$/.test(value))
    throw new ConfigError(field, "must be a string of six digits.");
  return value;
}

/** The one argument of a call. Without it the first option read would be a raw TypeError. */
export function checkOptions(options: unknown): void {
  if (typeof options !== "object" || options === null) throw new ConfigError("options", "must be an object.");
}
