import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "./publicPackages.js";
import { pnpm, run } from "./run.js";

/** Packs a package as a release would, since only pnpm replaces `workspace:` and `catalog:`. @returns the tarball's path. */
export async function pack(folder: string, destination: string): Promise<string> {
  await pnpm(["pack", "--pack-destination", destination], folder);
  const { name, version } = readManifest(folder);
  return join(destination, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
}

/** @returns the folder that holds what is in the tarball. */
export async function unpack(tarball: string, destination: string): Promise<string> {
  await run("tar", ["-xzf", tarball, "-C", destination], { cwd: destination });
  return join(destination, "package");
}

/** The files of a folder and those below it, by their paths within, with slashes on every system, sorted. */
export function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

export const sha256 = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");
