// 64-bit numbers go over the wire as plain JSON numbers, which JSON.stringify cannot write.
const mark = "\u0000";
const marked = /"\\u0000(-?\d+)"/g;

/** JSON in which a bigint is a number with all its digits. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? `${mark}${item}` : item));
  return text.replace(marked, "$1");
}
