import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A program that has ended. */
type Ended = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/**
 * Starts a program of this folder in a process of its own, where nothing else uses memory or holds the loop. It is killed
 * after five minutes, or `killAfterMs`.
 */
export async function startProgram(
  name: string,
  args: readonly (string | number)[] = [],
  killAfterMs = 300_000,
): Promise<Ended> {
  const source = await bundle(name);
  const flags = ["--expose-gc", "--input-type=module", "-"];
  const options = { timeout: killAfterMs, killSignal: "SIGKILL" } as const;
  const child = spawn(process.execPath, [...flags, ...args.map(String)], { stdio: "pipe", ...options });
  child.stdin.end(source);
  const exited = once(child, "exit").then(([code]) => code as number | null);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { code, stdout, stderr };
}

/** The JSON that a program prints. @throws Error with all it had to say when it failed, or complained. */
export async function runProgram<Report>(
  name: string,
  args: readonly (string | number)[] = [],
  killAfterMs?: number,
): Promise<Report> {
  const { code, stdout, stderr } = await startProgram(name, args, killAfterMs);
  if (code !== 0 || stderr !== "") throw new Error(`${name} ended with ${code}:\n${stderr}${stdout}`);
  return JSON.parse(stdout) as Report;
}

/** One text, for a loader of TypeScript has a thread of its own, which takes memory, and a while to end. */
async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["@sigil/source"],
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
