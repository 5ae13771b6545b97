import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { publicPackages } from "../scripts/publicPackages.js";
import { pnpm, root } from "../scripts/run.js";

const run = promisify(execFile);
const options = { shell: process.platform === "win32", maxBuffer: 2 ** 26 } as const;

/** Our packages as they would be published, and projects of users who installed some of them. */
export type PackedPackages = {
  /** A new folder with these files, in which somebody installed some of ours, and others at exactly these versions. */
  readonly install: (
    ours: readonly string[],
    others: Readonly<Record<string, string>>,
    files?: Readonly<Record<string, string>>,
  ) => Promise<string>;
  /** Has the packages and all projects removed, without waiting for it. */
  readonly remove: () => void;
};

/** Builds and packs all of them. */
export async function packPackages(): Promise<PackedPackages> {
  const folder = mkdtempSync(join(tmpdir(), "sigil-packed-"));
  await pnpm(["run", "build"], root);
  await pnpm(["--recursive", "--filter", "./packages/*", "pack", "--pack-destination", folder], root);
  const tarballs = publicPackages().map(({ manifest: { name, version } }): readonly [string, string] => [
    name,
    `file:${join(folder, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`)}`,
  ]);
  return {
    install: async (ours, others, files = {}) => {
      const cwd = mkdtempSync(join(folder, "project-"));
      const isAsked = ([name]: readonly [string, string]): boolean => ours.includes(name);
      const manifest = {
        private: true,
        type: "module",
        dependencies: { ...Object.fromEntries(tarballs.filter(isAsked)), ...others },
        // Until the siblings are on a registry, npm is told where they are.
        overrides: Object.fromEntries(tarballs.filter((each) => !isAsked(each))),
      };
      writeFiles(cwd, { ...files, "package.json": JSON.stringify(manifest) });
      await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"], {
        ...options,
        cwd,
      });
      return cwd;
    },
    remove: () => removeBehind(folder),
  };
}

/** Tens of thousands of files, which a busy disk may take minutes for: nothing here need wait for that. */
function removeBehind(folder: string): void {
  const program = `require("node:fs").rmSync(${JSON.stringify(folder)}, { recursive: true, force: true, maxRetries: 5 })`;
  spawn(process.execPath, ["-e", program], { cwd: tmpdir(), detached: true, stdio: "ignore" }).unref();
}

/** Writes files below a folder, each at its path. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}
