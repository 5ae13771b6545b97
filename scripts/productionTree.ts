import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Manifest, readManifest } from "./publicPackages.js";

/** A package that users get when they install ours. */
export type Installed = { readonly folder: string; readonly manifest: Manifest };

/**
 * What is installed for the users of the package in `folder`: its dependencies, theirs, and so on, each once. Peers
 * aside, since those are the user's own choice, and aside of itself.
 *
 * @throws Error for a dependency that is not installed here, unless it is optional.
 */
export function productionTree(folder: string): readonly Installed[] {
  const found = new Map<string, Installed>();
  const waiting = [realpathSync(folder)];
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    const { dependencies = {}, optionalDependencies = {} } = readManifest(from);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const at = findPackage(name, from);
      if (at === undefined && name in optionalDependencies) continue;
      if (at === undefined) throw new Error(`${name}, which ${from} depends on, is not installed.`);
      if (found.has(at)) continue;
      found.set(at, { folder: at, manifest: readManifest(at) });
      waiting.push(at);
    }
  }
  return [...found.values()];
}

/** As Node looks for it: in `node_modules` of each folder on the way up. */
function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const at = join(folder, "node_modules", name);
    if (existsSync(join(at, "package.json"))) return realpathSync(at);
  }
  return undefined;
}

// What npm runs at the users' when it installs a package from the registry; `prepare` and the pack scripts are run where
// a package is installed from its repository.
const lifecycle = [
  "preinstall",
  "install",
  "postinstall",
  "preprepare",
  "prepare",
  "postprepare",
  "prepack",
  "postpack",
];

/** The scripts that installing the package runs. */
export function installScripts({ folder, manifest }: Installed): readonly string[] {
  const named = lifecycle.filter((script) => script in (manifest.scripts ?? {}));
  // npm compiles what has this file without being told to.
  return existsSync(join(folder, "binding.gyp")) ? [...named, "binding.gyp"] : named;
}
