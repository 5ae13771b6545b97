import { mkdirSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import { pack } from "./pack.js";
import { publicPackages } from "./publicPackages.js";
import { releaseOrder } from "./releaseOrder.js";
import { tryRun } from "./run.js";

/** A version, and its tarball; none where the registry has that version already. */
export type Packed = { readonly id: string; readonly tarball?: string };

/**
 * Packs what the registry does not have yet of the public packages. The tarballs' names begin with a number, so that
 * their order is the one to publish them in.
 */
export async function packInOrder(repository: string, destination: string): Promise<readonly Packed[]> {
  mkdirSync(destination, { recursive: true });
  const done: Packed[] = [];
  for (const [at, { folder, manifest }] of releaseOrder(publicPackages(repository)).entries()) {
    const id = `${manifest.name}@${manifest.version}`;
    const { stdout } = await tryRun("npm", ["view", id, "version"], { cwd: repository });
    done.push(stdout.trim() !== "" ? { id } : { id, tarball: await packAs(at + 1, folder, destination) });
  }
  return done;
}

async function packAs(place: number, folder: string, destination: string): Promise<string> {
  const tarball = await pack(folder, destination);
  const numbered = join(destination, `${String(place).padStart(2, "0")}-${basename(tarball)}`);
  renameSync(tarball, numbered);
  return numbered;
}
