/** Reads request fields one by one; whatever has the wrong type is refused with the path of the field. */
import { fromBase64Url } from "../encoding/base64url.js";
import { type Chain, chains, isChain } from "../link/chains.js";
import { Refusal } from "./refusal.js";

/** A JSON object and where in the body it stands (`""` for the body itself). */
export type Source = { readonly value: Readonly<Record<string, unknown>>; readonly path: string };

/** @throws Refusal `bad_request` naming the path. */
export function badField(path: string, demand: string): never {
  throw new Refusal("bad_request", `${path} ${demand}.`);
}

/** The object at the path. */
export function objectOf(value: unknown, path: string): Source {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    badField(path === "" ? "The body" : path, "must be a JSON object");
  }
  return { value: value as Record<string, unknown>, path: path === "" ? "" : `${path}.` };
}

/** A field of the object itself, never one of its prototype. */
function at(source: Source, name: string): unknown {
  return Object.hasOwn(source.value, name) ? source.value[name] : undefined;
}

/** Reads a field that may be left out. */
export function optional<T>(
  source: Source,
  name: string,
  read: (source: Source, name: string) => T,
): T | undefined {
  return at(source, name) === undefined ? undefined : read(source, name);
}

/** A string with something in it. */
export function text(source: Source, name: string): string {
  const value = at(source, name);
  if (typeof value !== "string" || value === "") badField(source.path + name, "must be a string, not empty");
  // Many a database, SQLite's text functions too, takes it for the end.
  if (value.includes("\u0000")) badField(source.path + name, "must have no NUL character");
  return value;
}

/** A number, whole or not. */
export function number(source: Source, name: string): number {
  const value = at(source, name);
  if (typeof value !== "number") badField(source.path + name, "must be a number");
  return value;
}

/** One of the given words. */
export function oneOf<Word extends string>(source: Source, name: string, words: readonly Word[]): Word {
  const value = at(source, name);
  const word = words.find((each) => each === value);
  return (
    word ?? badField(source.path + name, `must be one of ${words.map((each) => `"${each}"`).join(", ")}`)
  );
}

/** Bytes as base64url without padding, of any length or of the one given. */
export function bytes(source: Source, name: string, length?: number): Uint8Array {
  const value = at(source, name);
  const decoded = typeof value === "string" ? fromBase64Url(value) : undefined;
  if (decoded === undefined) badField(source.path + name, "must be base64url without padding");
  if (length !== undefined && decoded.length !== length) {
    badField(
      source.path + name,
      `must be ${length} bytes as base64url without padding, not ${decoded.length}`,
    );
  }
  return decoded;
}

/** A nested object. */
export function object(source: Source, name: string): Source {
  return objectOf(at(source, name), source.path + name);
}

/** The objects of a list with at least one and at most `most` entries. */
export function objects(source: Source, name: string, most: number): Source[] {
  const value = at(source, name);
  const path = source.path + name;
  if (!Array.isArray(value) || value.length === 0 || value.length > most) {
    badField(path, `must be a list of 1 to ${most} entries`);
  }
  return value.map((entry, index) => objectOf(entry, `${path}[${index}]`));
}

/**
 * A chain's name. Called after all fields have been read, since a field of the wrong type is the earlier refusal.
 *
 * @throws Refusal `unknown_chain`.
 */
export function knownChain(name: string, path: string): Chain {
  if (isChain(name)) return name;
  throw new Refusal("unknown_chain", `${path} is not a chain of Sigil's: use one of ${chains.join(", ")}.`);
}
