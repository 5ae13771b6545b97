import { isBytes } from "@sigil/astrotrain/adapter";
import { fieldsOf, isRoot, setField } from "./fieldsOf.js";

/**
 * A copy of plain objects, arrays and byte arrays of any realm, all the way down, so that what the caller changes while
 * the user is deciding reaches nothing. Functions and class instances (a KZG library, an account) are kept as they are.
 */
export function snapshot<T>(value: T): T {
  return copyOf(value, "keep", new Map()) as T;
}

/**
 * The same for pure data, such as an access list: class instances, too, become plain objects with all that can be read
 * from them.
 */
export function snapshotData<T>(value: T): T {
  return copyOf(value, "flatten", new Map()) as T;
}

function copyOf(value: unknown, instances: "keep" | "flatten", seen: Map<object, unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  if (isBytes(value)) return new Uint8Array(value);
  if (!Array.isArray(value) && !isPlain(value) && instances === "keep") return value;
  const copy: object = Array.isArray(value) ? [] : {};
  seen.set(value, copy);
  const fields = Array.isArray(value) ? value : fieldsOf(value);
  for (const [key, field] of Object.entries(fields)) setField(copy, key, copyOf(field, instances, seen));
  return copy;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || isRoot(prototype);
}
