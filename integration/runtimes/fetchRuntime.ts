import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../scripts/run.js";
import { type Runtime, titleOf } from "./Runtime.js";

/** Kept from run to run, a gigabyte in all. `pnpm install` brings none of it. */
const cache = join(root, "node_modules/.cache/runtimes");

/** Gets the runtime's program from the npm registry, unless it is here already. @returns its path */
export async function fetchRuntime(runtime: Runtime): Promise<string> {
  const { package: name, version, file } = runtime;
  if (name === undefined) throw new Error(`The npm registry has no ${titleOf(runtime)} for this platform.`);
  const folder = join(cache, `${name.replace("/", "+")}@${version}`);
  if (!existsSync(folder)) await download(`${name}@${version}`, folder);
  return join(folder, "node_modules", name, file);
}

/** Beside its place, and then there at once: what is there is whole, and who comes second keeps what the first one had. */
async function download(specifier: string, folder: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const part = mkdtempSync(join(cache, "part-"));
  try {
    writeFileSync(join(part, "package.json"), '{ "private": true }');
    await promisify(execFile)("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", specifier], {
      cwd: part,
    });
    renameSync(part, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}
