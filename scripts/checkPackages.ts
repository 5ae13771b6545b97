/**
 * Packs each public package as a release would, and checks the tarball: its files are those listed in `api/files`, what
 * its package.json says, no secret in it, and that publint and "Are the types wrong?" find nothing. Needs a build.
 * Folders may be given as arguments; default: all in packages/. With `--fix` the lists are written anew.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checkTarball } from "./checkTarball.js";
import { finish } from "./finish.js";
import { pack } from "./pack.js";
import { publicPackages, shortName } from "./publicPackages.js";
import { apiFolder, difference, keep } from "./snapshot.js";

const args = process.argv.slice(2);
const fix = args.includes("--fix");
const given = args.filter((arg) => arg !== "--fix").map((folder) => resolve(folder));
const temporary = mkdtempSync(join(tmpdir(), "sigil-pack-"));

try {
  for (const { folder, manifest } of publicPackages()) {
    if (given.length > 0 && !given.includes(folder)) continue;
    const { files, faults } = await checkTarball(await pack(folder, temporary));
    const list = join(apiFolder, "files", `${shortName(manifest)}.txt`);
    const text = `${files.join("\n")}\n`;
    if (fix) keep(list, text);
    const changed = difference(list, text);
    const advice = "\n  If that is meant: pnpm fix:api.";
    finish(
      manifest.name,
      [
        ...faults,
        ...(changed === undefined ? [] : [`packs other files than are listed in ${changed}${advice}`]),
      ],
      [`${files.length} files`],
    );
  }
} finally {
  rmSync(temporary, { recursive: true });
}
