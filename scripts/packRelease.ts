// Packs what a release publishes: `pnpm pack:release FOLDER`, in GitHub Actions. Refuses while a changeset waits, since
// then the versions are not yet those of the release. Leaves out versions that the registry has. The tarballs are numbered
// in the order they are to be published in.

import { resolve } from "node:path";
import { announcedPackages } from "./changesets.js";
import { sha256 } from "./pack.js";
import { packInOrder } from "./packInOrder.js";
import { pnpm, root } from "./run.js";
import { setRepository } from "./setRepository.js";

const [destination] = process.argv.slice(2);
const waiting = [...announcedPackages()];
if (destination === undefined) fail("Say where to: pnpm pack:release FOLDER.");
if (waiting.length > 0)
  fail(`Changesets wait for ${waiting.join(", ")}: merge what pnpm run version makes of them.`);

setRepository();
await pnpm(["run", "build"], root);
for (const { id, tarball } of await packInOrder(root, resolve(destination)))
  console.log(tarball === undefined ? `${id} is published` : `${id} ${sha256(tarball)}`);

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
