import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository that these scripts are part of. */
export const root: string = fileURLToPath(new URL("..", import.meta.url));

/** How a program ended: its exit code, and all that it wrote. */
export type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

type RunOptions = { readonly cwd: string; readonly env?: NodeJS.ProcessEnv; readonly timeoutMs?: number };

/** The exit code of a program that was ended because its time was up. */
export const timedOut = -1;

/** Runs a program to its end, whatever that is. Not blocking: a test that blocks its worker loses touch with vitest. */
export function tryRun(
  command: string,
  args: readonly string[],
  { timeoutMs, ...options }: RunOptions,
): Promise<Ended> {
  return new Promise((resolve) => {
    const limits = { maxBuffer: 2 ** 28, ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }) };
    execFile(command, args, { ...options, ...limits }, (error, stdout, stderr) => {
      const ended = typeof error?.code === "number" ? error.code : Number(error !== null);
      const code = error?.killed === true ? timedOut : ended;
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

/**
 * Runs a script with Node, TypeScript too, apart from the vitest that may be running this: what that one tells its workers
 * is not for others, and tests that start tests do not pass on that counts are to be full.
 */
export function runNode(args: readonly string[], options: Omit<RunOptions, "env">): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|TEST$|NODE_ENV$|SIGIL_PROMISES$|SIGIL_TEST_NOTES$)/.test(name),
  );
  const env = Object.fromEntries(inherited);
  return tryRun(process.execPath, ["--import", "tsx", ...args], { ...options, env });
}

export function runVitest(args: readonly string[], options: Omit<RunOptions, "env">): Promise<Ended> {
  const folder = dirname(createRequire(import.meta.url).resolve("vitest/package.json"));
  return runNode([join(folder, "vitest.mjs"), "run", ...args], options);
}
