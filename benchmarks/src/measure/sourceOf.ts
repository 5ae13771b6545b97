import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Each file is read once. */
const files = new Map<string, readonly string[]>();

/** From which source a line of a bundle is, counted from 0: the bundler says it above the code of each. */
export function sourceOf(url: string, line: number): string | undefined {
  const lines = files.get(url) ?? readFileSync(fileURLToPath(url), "utf8").split("\n");
  files.set(url, lines);
  const above = lines.slice(0, line + 1).findLast((each) => /^\/\/ src\/\S+$/.test(each));
  return above?.slice("// ".length);
}
