import { b64uToBytes } from "../encoding/base64url.js";
import { ShapeError } from "../errors/ShapeError.js";

/** A JSON object whose fields are not known yet. */
export type Json = Readonly<Record<string, unknown>>;

export function asObject(value: unknown, path: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ShapeError(path, "an object");
  return value as Json;
}

export function readArray(from: Json, key: string, path: string): readonly unknown[] {
  const value = own(from, key);
  if (!Array.isArray(value)) throw new ShapeError(at(path, key), "an array");
  return value;
}

/** Not empty, since no text field of the protocol may be. */
export function readString(from: Json, key: string, path = ""): string {
  const value = own(from, key);
  if (typeof value !== "string" || value === "") throw new ShapeError(at(path, key), "a non-empty string");
  return value;
}

/** An id that must be the one that was asked for: an answer to another question is none. */
export function readSame(from: Json, key: string, asked: string): string {
  if (readString(from, key) !== asked) throw new ShapeError(key, "the one that was asked for");
  return asked;
}

export function readOptionalString(from: Json, key: string, path = ""): string | undefined {
  return own(from, key) == null ? undefined : readString(from, key, path);
}

export function readBoolean(from: Json, key: string, path = ""): boolean {
  const value = own(from, key);
  if (typeof value !== "boolean") throw new ShapeError(at(path, key), "true or false");
  return value;
}

/** A whole number from zero, such as an index or milliseconds since the epoch. */
export function readWholeNumber(from: Json, key: string, path = ""): number {
  const value = own(from, key);
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new ShapeError(at(path, key), "a whole number");
  return value as number;
}

export function readOneOf<const T extends string>(
  from: Json,
  key: string,
  options: readonly T[],
  path = "",
): T {
  const value = own(from, key);
  const found = options.find((option) => option === value);
  if (found === undefined) throw new ShapeError(at(path, key), `one of ${options.join(", ")}`);
  return found;
}

/** Base64url of as many bytes as one of `lengths` says; the text itself is returned. */
export function readBytes(from: Json, key: string, lengths: readonly number[], path = ""): string {
  const text = readString(from, key, path);
  const expected = `base64url of ${lengths.join(" or ")} bytes`;
  let length: number;
  try {
    length = b64uToBytes(text).length;
  } catch {
    throw new ShapeError(at(path, key), expected);
  }
  if (!lengths.includes(length)) throw new ShapeError(at(path, key), expected);
  return text;
}

const own = (from: Json, key: string): unknown => (Object.hasOwn(from, key) ? from[key] : undefined);

const at = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);
