// Packs what a release publishes: `pnpm pack:release FOLDER`, in GitHub Actions. Refuses while a changeset waits, since
// then the versions are not yet those of the release. Leaves out versions that the registry has.

import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { announcedPackages } from "./changesets.js";
import { pack, sha256 } from "./pack.js";
import { publicPackages } from "./publicPackages.js";
import { pnpm, root, tryRun } from "./run.js";
import { setRepository } from "./setRepository.js";

const [destination] = process.argv.slice(2);
const waiting = [...announcedPackages()];
if (destination === undefined) fail("Say where to: pnpm pack:release FOLDER.");
if (waiting.length > 0)
  fail(`Changesets wait for ${waiting.join(", ")}: merge what pnpm run version makes of them.`);

setRepository();
await pnpm(["run", "build"], root);
const folder = resolve(destination);
mkdirSync(folder, { recursive: true });
for (const { folder: source, manifest } of publicPackages()) {
  const id = `${manifest.name}@${manifest.version}`;
  const { stdout } = await tryRun("npm", ["view", id, "version"], { cwd: root });
  if (stdout.trim() !== "") console.log(`${id} is published`);
  else console.log(`${id} ${sha256(await pack(source, folder))}`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
