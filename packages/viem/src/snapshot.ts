/**
 * A copy of plain objects, arrays and byte arrays, all the way down, so that what the caller changes while the user is
 * deciding reaches nothing. Class instances and functions (a KZG library, an account) are kept as they are.
 */
export function snapshot<T>(value: T, seen: Map<unknown, unknown> = new Map()): T {
  if (typeof value !== "object" || value === null) return value;
  if (seen.has(value)) return seen.get(value) as T;
  if (ArrayBuffer.isView(value)) return copyBytes(value) as T;
  if (!Array.isArray(value) && !isPlain(value)) return value;
  const copy: object = Array.isArray(value) ? [] : {};
  seen.set(value, copy);
  for (const [key, field] of Object.entries(value)) {
    // Defined and not assigned: a key may be called __proto__.
    Object.defineProperty(copy, key, {
      value: snapshot(field, seen),
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return copy as T;
}

const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};

const copyBytes = (view: ArrayBufferView): ArrayBufferView =>
  view instanceof Uint8Array ? new Uint8Array(view) : view;
