import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository that these scripts are part of. */
export const root: string = fileURLToPath(new URL("..", import.meta.url));

/** How a program ended: its exit code, and all that it wrote. */
export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

type RunOptions = { readonly cwd: string; readonly env?: NodeJS.ProcessEnv };

/** Runs a program to its end, whatever that is. Not blocking: a test that blocks its worker loses touch with vitest. */
export function tryRun(command: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(command, args, { ...options, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : Number(error !== null);
      resolve({ code, stdout, stderr: error === null || stderr !== "" ? stderr : String(error) });
    });
  });
}

/** Runs a program and returns what it wrote. @throws Error with that, when it fails. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { code, stdout, stderr } = await tryRun(command, args, options);
  if (code === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")} failed in ${options.cwd}:\n${stdout}${stderr}`);
}

/**
 * Runs pnpm: the one that runs this, which saves looking for one, or else the one that package.json pins. In a copy of
 * the repository it would take its installation for stale, so it is told not to look.
 */
export function pnpm(args: readonly string[], cwd: string): Promise<string> {
  const { npm_execpath: running = "" } = process.env;
  const options = { cwd, env: { ...process.env, npm_config_verify_deps_before_run: "false" } };
  if (running.includes("pnpm")) return run(process.execPath, [running, ...args], options);
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    packageManager: string;
  };
  return run("npx", ["--yes", packageManager.split("+")[0] ?? "pnpm", ...args], options);
}

/** The path of vitest's command, to be run by Node. */
export const vitest: string = join(
  dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
  "vitest.mjs",
);
