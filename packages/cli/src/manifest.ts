import { readFileSync } from "node:fs";

/** This package's own, which lies as deep below package.json built as in its sources. */
export const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
  /** Written when it is packed for publishing. */
  readonly homepage?: string;
};
