import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The declarations that `entries` are and lead to. They name each other as the modules that they were made of. */
export function reachableTypes(entries: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const follow = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from |import\()"(\.[^"]+)\.js"/g))
      follow(join(dirname(file), `${path}.d.ts`));
  };
  for (const entry of entries) follow(join(entry));
  return reached;
}
