import { join } from "node:path";
import { type EntrySource, entrySource } from "./entrySource.js";
import type { PublicPackage } from "./publicPackages.js";

/** A file that users import: the name they import it by, and where it is built. */
export type PublicEntry = {
  /** As in an import; with ` (browser)` where pages get another file by that name. */
  readonly name: string;
  readonly file: string;
  /** What it is built from. */
  readonly source?: string;
  readonly package: PublicPackage;
};

/** All files that users import from the packages. Styles and package.json aside, which hold no code. */
export function publicEntries(packages: readonly PublicPackage[]): readonly PublicEntry[] {
  return packages.flatMap((each) =>
    Object.entries(each.manifest.publishConfig?.exports ?? {}).flatMap(([path, targets]) => {
      if (typeof targets === "string" || path.endsWith(".css")) return [];
      const name = `${each.manifest.name}${path.slice(1)}`;
      const source = entrySource(each.manifest.exports?.[path]);
      return (["default", "browser"] as const).flatMap((condition) => {
        const file = targets[condition];
        if (file === undefined) return [];
        const suffix = condition === "browser" ? " (browser)" : "";
        const built = { name: `${name}${suffix}`, file: join(each.folder, file), package: each };
        const from = sourceFor(source, condition);
        return [from === undefined ? built : { ...built, source: join(each.folder, from) }];
      });
    }),
  );
}

const sourceFor = (source: EntrySource | undefined, condition: string): string | undefined =>
  typeof source === "object" ? source[condition] : source;
