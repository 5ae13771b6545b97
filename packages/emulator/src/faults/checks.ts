import type { Check } from "./Kind.js";

/** Lets a field be left out. */
export const optional =
  (check: Check): Check =>
  (field, value) => {
    if (value !== undefined) check(field, value);
  };

export const boolean: Check = (field, value) => {
  if (typeof value !== "boolean") throw new TypeError(`${field} must be true or false.`);
};

export const text: Check = (field, value) => {
  if (typeof value !== "string") throw new TypeError(`${field} must be a string.`);
};

/** What may stand in a header: anything else would be refused only when the fault strikes. */
export const headerText: Check = (field, value) => {
  text(field, value);
  if (/[^\t\x20-\x7e]/.test(value as string)) {
    throw new TypeError(`${field} must be printable ASCII: it is sent as a header.`);
  }
};

export const anything: Check = () => {};

/** A whole number from `least` to `most`. */
export const whole =
  (least: number, most: number = Number.MAX_SAFE_INTEGER): Check =>
  (field, value) => {
    if (typeof value !== "number") throw new TypeError(`${field} must be a number.`);
    if (Number.isInteger(value) && value >= least && value <= most) return;
    const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `from ${least} to ${most}`;
    throw new RangeError(`${field} must be a whole number, ${range}.`);
  };

/** The same, or Infinity. */
export const wholeOrEndless =
  (least: number): Check =>
  (field, value) => {
    if (value !== Number.POSITIVE_INFINITY) whole(least)(field, value);
  };

/** Milliseconds that a timer takes. */
export const duration: Check = (field, value) => {
  if (typeof value !== "number") throw new TypeError(`${field} must be a number of milliseconds.`);
  if (value >= 0 && value <= 2 ** 31 - 1) return;
  throw new RangeError(`${field} must be from 0 to ${2 ** 31 - 1} milliseconds.`);
};

export const oneOf =
  (...values: readonly (string | number)[]): Check =>
  (field, value) => {
    if (values.some((each) => each === value)) return;
    throw new RangeError(`${field} must be one of ${values.map((each) => JSON.stringify(each)).join(", ")}.`);
  };

/** Text, or bytes. */
export const bytes: Check = (field, value) => {
  if (typeof value === "string" || value instanceof Uint8Array) return;
  throw new TypeError(`${field} must be a string or a Uint8Array.`);
};
