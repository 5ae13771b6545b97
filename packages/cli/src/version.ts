import { readFileSync } from "node:fs";

/** The version of this package, which lies as deep below package.json built as in its sources. */
export const version: string = (
  JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string }
).version;
