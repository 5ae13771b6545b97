/** Whether it is a Uint8Array of any realm, which `instanceof` doesn't tell: test runners have realms of their own. */
export function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === "[object Uint8Array]";
}

/** @throws TypeError naming the function that was given something else. */
export function assertBytes(name: string, value: unknown): asserts value is Uint8Array {
  if (!isBytes(value)) throw new TypeError(`${name} takes a Uint8Array.`);
}
