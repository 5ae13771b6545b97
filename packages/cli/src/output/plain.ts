/** Control characters, and those that turn the direction of what is printed: a terminal would obey them. */
const unprintable = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** What came from outside, in one line that a terminal prints as it is. */
export const plain = (text: string): string => text.replace(unprintable, " ");

/** JSON whose text holds no such character either. */
export const plainJson = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
