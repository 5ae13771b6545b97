/**
 * Fails if pnpm-lock.yaml names an address, or lacks a package for some platform. pnpm leaves out, without a
 * word, an optional package that its registry does not have; the lockfile then serves fewer systems.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { finish } from "./finish.js";

/** Optional packages that may be missing, and why. */
const allowedMissing: Readonly<Record<string, string>> = {
  "@foundry-rs/anvil-darwin-amd64": "not in every registry; startAnvil falls back to ANVIL_PATH and PATH",
  "@foundry-rs/anvil-darwin-arm64": "not in every registry; startAnvil falls back to ANVIL_PATH and PATH",
  "@foundry-rs/anvil-linux-arm64": "not in every registry; startAnvil falls back to ANVIL_PATH and PATH",
  "@foundry-rs/anvil-win32-amd64": "not in every registry; startAnvil falls back to ANVIL_PATH and PATH",
};

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

const root = fileURLToPath(new URL("..", import.meta.url));
const store = join(root, "node_modules/.pnpm");
const lockfile = readFileSync(join(root, "pnpm-lock.yaml"), "utf8");
const installed = readdirSync(store).flatMap(readManifests);
finish(
  "lockfile",
  [...addresses(lockfile), ...missingPackages(lockfile, installed)],
  [`${installed.length} installed packages, no address, no missing platform`],
);

// A deprecation note is the author's prose and may name a page; nothing is fetched from there.
function addresses(text: string): readonly string[] {
  return text.split("\n").flatMap((line, index) => {
    if (/^\s+deprecated:/.test(line) || !/https?:\/\/|\btarball\b|\bgit\+|\bcodeload\b/.test(line)) return [];
    return [`line ${index + 1} names an address: ${line.trim()}; install that package from the registry.`];
  });
}

function missingPackages(text: string, manifests: readonly Manifest[]): readonly string[] {
  const locked = new Set([...text.matchAll(/^ {2}'?(@?[^@'\s]+@[^'():\s]+)'?:/gm)].map((match) => match[1]));
  const wanted = manifests.flatMap(({ name, version, optionalDependencies = {} }) =>
    Object.entries(optionalDependencies).map(([dependency, range]) => ({
      by: `${name}@${version}`,
      dependency,
      range,
    })),
  );
  const missing = wanted.filter(({ dependency, range }) => !isLocked(locked, dependency, range));
  const stale = Object.keys(allowedMissing).filter(
    (name) => !missing.some(({ dependency }) => dependency === name),
  );
  return [
    ...missing
      .filter(({ dependency }) => allowedMissing[dependency] === undefined)
      .map(
        ({ by, dependency, range }) =>
          `${by} wants ${dependency}@${range}: not locked. Pin a version that has it in the registry.`,
      ),
    ...stale.map(
      (name) => `${name} is not missing any more: take it off the list in scripts/checkLockfile.ts.`,
    ),
  ];
}

// An exact version must be there as it is; of a range, any version (pnpm has already checked that it fits).
function isLocked(locked: ReadonlySet<string | undefined>, dependency: string, range: string): boolean {
  const [, alias, aliasRange] = /^npm:(.+)@(.+)$/.exec(range) ?? [undefined, dependency, range];
  if (/^\d+\.\d+\.\d+/.test(aliasRange ?? "")) return locked.has(`${alias}@${aliasRange}`);
  return [...locked].some((key) => key?.startsWith(`${alias}@`));
}

// In `<store>/<id>/node_modules` the package itself is a folder and its dependencies are links.
function readManifests(id: string): readonly Manifest[] {
  const modules = join(store, id, "node_modules");
  if (id === "node_modules" || !existsSync(modules)) return [];
  return packageFolders(modules).map(
    (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest,
  );
}

function packageFolders(modules: string): readonly string[] {
  return readdirSync(modules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== ".bin")
    .flatMap(({ name }) =>
      name.startsWith("@") ? packageFolders(join(modules, name)) : [join(modules, name)],
    );
}
