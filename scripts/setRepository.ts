import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { publicPackages } from "./publicPackages.js";
import { publishedReadme } from "./publishedReadme.js";
import { root } from "./run.js";

/**
 * Writes into each public package.json and README where its sources are, as GitHub Actions names it: npm accepts a
 * provenance only where that is the repository which the provenance names. Not kept in the sources, so that forks publish
 * as themselves.
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
  const { GITHUB_SHA: commit = "HEAD" } = environment;
  const url = `${server}/${name}`;
  for (const { folder } of publicPackages(repository)) {
    const directory = relative(repository, folder).replaceAll("\\", "/");
    const sources = `${url}/blob/${commit}/${directory}`;
    rewrite(join(folder, "package.json"), (text) => {
      const manifest = {
        ...JSON.parse(text),
        homepage: `${url}/tree/${commit}/${directory}#readme`,
        bugs: `${url}/issues`,
        repository: { type: "git", url: `git+${url}.git`, directory },
      };
      return `${JSON.stringify(manifest, undefined, 2)}\n`;
    });
    rewrite(join(folder, "README.md"), (readme) => publishedReadme(readme, sources));
  }
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}
