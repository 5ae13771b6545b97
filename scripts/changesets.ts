import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.js";

/** The packages that a waiting changeset announces a new version of. */
export function announcedPackages(folder: string = join(root, ".changeset")): ReadonlySet<string> {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const changesets = files.filter((file) => file.endsWith(".md") && file !== "README.md");
  return new Set(changesets.flatMap((file) => namesIn(readFileSync(join(folder, file), "utf8"))));
}

/** Between the two lines of dashes stands one line for each package: `"name": minor`. */
function namesIn(changeset: string): readonly string[] {
  const [, head = ""] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(changeset) ?? [];
  return [...head.matchAll(/^["']?([^"':]+)["']?:\s*(?:major|minor|patch)\s*$/gm)].map(
    ([, name = ""]) => name,
  );
}
