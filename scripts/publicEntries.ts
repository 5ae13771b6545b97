import { join } from "node:path";
import type { PublicPackage } from "./publicPackages.js";

/** A file that users import: the name they import it by, and where it is built. */
export type PublicEntry = {
  /** As in an import; with ` (browser)` where pages get another file by that name. */
  readonly name: string;
  readonly file: string;
  readonly package: PublicPackage;
};

/** All files that users import from the packages. Styles and package.json aside, which hold no code. */
export function publicEntries(packages: readonly PublicPackage[]): readonly PublicEntry[] {
  return packages.flatMap((each) =>
    Object.entries(each.manifest.publishConfig?.exports ?? {}).flatMap(([path, targets]) => {
      if (typeof targets === "string" || path.endsWith(".css")) return [];
      const name = `${each.manifest.name}${path.slice(1)}`;
      const files = [["", targets.default] as const, [" (browser)", targets.browser] as const];
      return files.flatMap(([suffix, file]) =>
        file === undefined
          ? []
          : [{ name: `${name}${suffix}`, file: join(each.folder, file), package: each }],
      );
    }),
  );
}
