import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { killWithParent } from "@sigil/testing/killWithParent";

/** A program that ended by itself. */
export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs a program to the end that it finds by itself. @throws Error with what it printed when it had not after a minute. */
export async function runToEnd(
  file: string,
  args: readonly string[],
  { cwd }: { readonly cwd: string },
): Promise<Ended> {
  // What the runner of the tests was told is not for a program of its own.
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(file, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH, HOME, NO_COLOR: "1" },
  });
  const release = killWithParent(child);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, 60_000);
  const exited = once(child, "exit").then(([code]) => code as number | null);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  clearTimeout(timer);
  release();
  if (late) throw new Error(`${file} had not ended after a minute. It printed:\n${stdout}${stderr}`);
  return { code, stdout, stderr };
}
