import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { publicPackages } from "./publicPackages.js";
import { root } from "./run.js";

/**
 * Writes into each public package.json where its sources are, as GitHub Actions names it: npm accepts a provenance only
 * where that is the repository which the provenance names. Not kept in the sources, so that forks publish as themselves.
 *
 * @throws Error outside of GitHub Actions.
 */
export function setRepository(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  repository: string = root,
): void {
  const { GITHUB_SERVER_URL: server = "https://github.com", GITHUB_REPOSITORY: name = "" } = environment;
  if (!/^https:\/\/[\w.-]+$/.test(server) || !/^[\w.-]+\/[\w.-]+$/.test(name))
    throw new Error("GITHUB_REPOSITORY must be owner/name: releases are packed by GitHub Actions.");
  for (const { folder } of publicPackages(repository)) {
    const file = join(folder, "package.json");
    const manifest = JSON.parse(readFileSync(file, "utf8")) as object;
    const directory = relative(repository, folder).replaceAll("\\", "/");
    const source = { type: "git", url: `git+${server}/${name}.git`, directory };
    writeFileSync(file, `${JSON.stringify({ ...manifest, repository: source }, undefined, 2)}\n`);
  }
}
