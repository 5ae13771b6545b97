import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.js";

/** What these scripts read of a package.json. */
export type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly publishConfig?: {
    readonly provenance?: boolean;
    readonly exports?: Readonly<Record<string, string | Targets>>;
  };
};

/** The built files of an entry: which one an importer gets depends on what it is. */
type Targets = { readonly types: string; readonly browser?: string; readonly default?: string };

/** A package that is published, and its folder. */
export type PublicPackage = { readonly folder: string; readonly manifest: Manifest };

/** All packages that are published from this repository, or a copy of it, in the order of their folders. */
export function publicPackages(repository: string = root): readonly PublicPackage[] {
  return readdirSync(join(repository, "packages"))
    .map((name) => join(repository, "packages", name))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map((folder) => ({ folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => manifest.private !== true);
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

/** The name without its scope, by which the files in `api/` are named. */
export const shortName = ({ name }: Pick<Manifest, "name">): string => name.replace(/^@[^/]+\//, "");
