import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "./run.js";

/** Where the text is kept that a release is held to: the API of each entry, and the files of each tarball. */
export const apiFolder: string = join(root, "api");

/** How a kept text and the present one differ: `undefined` where they don't, or the lines that went and came. */
export function difference(file: string, present: string): string | undefined {
  // A checkout on Windows may have other line ends.
  const kept = existsSync(file) ? readFileSync(file, "utf8").replaceAll("\r\n", "\n") : "";
  if (kept === present) return undefined;
  const [before, after] = [kept.split("\n"), present.split("\n")];
  const gone = missingFrom(after, before).map((line) => `  - ${line}`);
  const come = missingFrom(before, after).map((line) => `  + ${line}`);
  return [relative(root, file), ...gone, ...come].join("\n");
}

export function keep(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The lines of `all` that are not in `some`, as often as they are more. */
function missingFrom(some: readonly string[], all: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const line of some) left.set(line, (left.get(line) ?? 0) + 1);
  return all.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}
