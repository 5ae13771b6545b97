/**
 * `pnpm release --dry-run` says what the next release publishes: it makes the release in a copy of the repository, from the
 * changesets that wait, builds it, packs it and checks each tarball. Without `--dry-run` it refuses, since only the
 * workflow `publish` has the identity that npm trusts.
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import { checkTarball } from "./checkTarball.js";
import { copyRepository, removeCopy } from "./copyRepository.js";
import { finish } from "./finish.js";
import { packInOrder } from "./packInOrder.js";
import { pnpm } from "./run.js";
import { setRepository } from "./setRepository.js";
import { versionCopy } from "./versionCopy.js";

const args = process.argv.slice(2);
if (args.length !== 1 || args[0] !== "--dry-run") {
  console.error(
    "Nothing is published from here: npm takes these packages from the workflow publish alone, which proves to it by OIDC what it is. Start that workflow on main; to see what it would publish, run pnpm release --dry-run.",
  );
  process.exit(2);
}

const { GITHUB_REPOSITORY: repository = "owner/name" } = process.env;
const copy = await copyRepository();
try {
  await versionCopy(copy);
  setRepository({ ...process.env, GITHUB_REPOSITORY: repository }, copy);
  await pnpm(["--filter", "./packages/*", "run", "build"], copy);
  const packed = await packInOrder(copy, join(copy, "release"));
  for (const [at, { id, tarball }] of packed.entries()) {
    if (tarball === undefined) {
      console.log(`${at + 1}. ${id}: the registry has it`);
      continue;
    }
    const { files, faults } = await checkTarball(tarball);
    const size = (statSync(tarball).size / 1000).toFixed(1);
    finish(id, faults, []);
    console.log(`${at + 1}. ${id}: ${size} kB, ${files.length} files`);
  }
  const count = packed.filter(({ tarball }) => tarball !== undefined).length;
  const failed = process.exitCode === 1 ? " The faults above would stop it." : "";
  console.log(`A release from ${repository} would publish these ${count}, in this order.${failed}`);
  console.log("Nothing was published.");
} finally {
  removeCopy(copy);
}
