import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { CliError } from "../errors/CliError.js";
import { signalExitCode } from "../exitCodes.js";
import type { Env, Io, Output } from "../io.js";

/** Whether a terminal gives Ctrl-C to the child as well, which is then in our own group of processes. */
const sharesTerminal = (): boolean => process.stdin.isTTY === true;

/**
 * Runs a command line through the shell with `env` added, and returns what it ended with: its exit code, or 128 and the
 * number of the signal that ended it. A signal that ends us is passed on, and waited for.
 *
 * @throws CliError `exec_failed` where there is no shell.
 */
export async function runChild(commandLine: string, env: Env, io: Io, stdout: Output): Promise<number> {
  const child = spawn(commandLine, {
    shell: true,
    // A group of its own, where no terminal would notice: a signal then reaches all that the shell started.
    detached: !sharesTerminal() && process.platform !== "win32",
    env: { ...io.env, ...env } as NodeJS.ProcessEnv,
    stdio: ["inherit", target(stdout), target(io.stderr)],
  });
  child.stdout?.on("data", (data: Buffer) => stdout.write(data.toString()));
  child.stderr?.on("data", (data: Buffer) => io.stderr.write(data.toString()));
  const undo = passOn(io.signal, child);
  try {
    const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    return code ?? signalExitCode(signal ?? "SIGTERM");
  } catch (cause) {
    const next = "Check that this machine has a shell, and what --exec says.";
    throw new CliError("exec_failed", "The command of --exec could not be started.", next, { cause });
  } finally {
    undo();
  }
}

/** Streams of this process are inherited, so that a program sees its terminal; others are written to. */
function target(output: Output): "pipe" | number {
  if (output === process.stdout) return 1;
  return output === process.stderr ? 2 : "pipe";
}

function passOn(signal: AbortSignal | undefined, child: ChildProcess): () => void {
  const onAbort = (): void => {
    const name = (typeof signal?.reason === "string" ? signal.reason : "SIGTERM") as NodeJS.Signals;
    // The terminal has told it already; twice is how many programs are told to end without tidying up.
    if (name === "SIGINT" && sharesTerminal()) return;
    kill(child, name);
  };
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  return () => signal?.removeEventListener("abort", onAbort);
}

function kill(child: ChildProcess, name: NodeJS.Signals): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (sharesTerminal() || process.platform === "win32") child.kill(name);
    else process.kill(-pid, name);
  } catch {
    // It has ended by itself meanwhile.
  }
}
