/**
 * All that can be read from an object, as a plain one: its own fields and, where it is a class instance or was made by
 * `Object.create`, those of its prototypes, getters included. Methods of classes and the root prototype are left out.
 */
export function fieldsOf(value: object): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (let level: object | null = value; level !== null && (level === value || !isRoot(level)); ) {
    for (const [key, { enumerable, get }] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      // A getter of a class is not enumerable; its constructor and methods aren't either.
      const isField = enumerable || (level !== value && get !== undefined);
      if (isField && !Object.hasOwn(fields, key))
        setField(fields, key, (value as Record<string, unknown>)[key]);
    }
    level = Object.getPrototypeOf(level) as object | null;
  }
  return fields;
}

/** Defined and not assigned: a key may be called __proto__. */
export function setField(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true });
}

/** `Object.prototype` of any realm; a base made by `Object.create(null)` is none. */
export const isRoot = (prototype: object): boolean =>
  Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "hasOwnProperty");
