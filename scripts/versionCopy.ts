import { createRequire } from "node:module";
import { join } from "node:path";
import { run, runNode } from "./run.js";

/** Turns the waiting changesets of a copy of the repository into versions and changelogs, as `pnpm run version` does. */
export async function versionCopy(copy: string): Promise<void> {
  // changesets looks for a repository, and is not to find one that the copy's folder may be in.
  await run("git", ["init", "--quiet"], { cwd: copy });
  const changeset = createRequire(import.meta.url).resolve("@changesets/cli/bin.js");
  await run(process.execPath, [changeset, "version"], { cwd: copy });
  const { code, stderr } = await runNode([join(copy, "scripts/setEmulatorVersion.ts")], { cwd: copy });
  if (code !== 0) throw new Error(`The emulator's version could not be set:\n${stderr}`);
}
