import type { Coding } from "./Delivery.js";

const known: Readonly<Record<string, Coding>> = {
  gzip: "gzip",
  "x-gzip": "gzip",
  deflate: "deflate",
  br: "br",
};

/** How many codings Node's fetch takes off. */
export const mostCodings = 5;

/** The names in a `Content-Encoding`. */
export function codingNames(header: string): readonly string[] {
  return header
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
}

/** The codings of a `Content-Encoding`, or nothing where one of them is not known: then none is taken off. */
export function codingsOf(header: string): readonly Coding[] | undefined {
  const codings = codingNames(header).map((name) => known[name]);
  return codings.every((each) => each !== undefined) ? codings : undefined;
}
