import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { type AnvilCandidate, findAnvil } from "./findAnvil.js";
import { killWithParent } from "./killWithParent.js";

export type AnvilOptions = {
  /** Name that `anvil --hardfork` takes, for example `"prague"`. Default: anvil's own, the newest. */
  readonly hardfork?: string;
  /** More command-line arguments. Not `--quiet`: the port is read from what anvil prints. */
  readonly args?: readonly string[];
  /** Where to look for the binary. Default: {@link findAnvil}. */
  readonly candidates?: readonly AnvilCandidate[];
};

export type Anvil = {
  readonly rpcUrl: string;
  readonly port: number;
  readonly chainId: number;
  readonly pid: number;
  /** Ends this anvil and resolves once its process is gone; further calls return the same promise. */
  readonly stop: () => Promise<void>;
};

type Child = ChildProcessByStdio<null, Readable, Readable>;

const startTimeoutMs = 30_000;
const stopTimeoutMs = 5_000;

/**
 * Starts an anvil of its own on a free port of 127.0.0.1.
 *
 * @throws Error that lists what was tried if no anvil binary starts; Error with the end of anvil's stderr
 * if it exits, or is not ready within 30 s.
 */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  const child = await spawnFirst(options.candidates ?? findAnvil(), toArguments(options));
  const forget = killWithParent(child);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve())).then(forget);
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= endProcess(child, exited);
    return stopping;
  };
  try {
    const port = await readPort(child);
    const rpcUrl = `http://127.0.0.1:${port}`;
    return { rpcUrl, port, chainId: await askChainId(rpcUrl), pid: child.pid as number, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function toArguments({ hardfork, args = [] }: AnvilOptions): readonly string[] {
  const fork = hardfork === undefined ? [] : ["--hardfork", hardfork];
  return ["--host", "127.0.0.1", "--port", "0", ...fork, ...args];
}

async function spawnFirst(candidates: readonly AnvilCandidate[], args: readonly string[]): Promise<Child> {
  const failures: string[] = [];
  for (const { command, from } of candidates) {
    try {
      return await spawnOne(command, args);
    } catch (error) {
      failures.push(`${command} (from ${from}): ${(error as Error).message}`);
    }
  }
  throw new Error(
    [
      "No anvil binary starts on this machine. Tried:",
      ...failures.map((failure) => `  ${failure}`),
      "Install Foundry (https://getfoundry.sh), then put anvil on PATH or set ANVIL_PATH to the binary.",
    ].join("\n"),
  );
}

function spawnOne(command: string, args: readonly string[]): Promise<Child> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    child.once("error", reject);
    child.once("spawn", () => resolve(child));
  });
}

function readPort(child: Child): Promise<number> {
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    const fail = (what: string): void =>
      reject(new Error(`anvil ${what}.\n${(stderr || stdout).slice(-2000)}`));
    const timer = setTimeout(() => fail(`did not listen within ${startTimeoutMs} ms`), startTimeoutMs);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-4000);
    });
    // Read to the end of anvil's life: a full pipe would block it.
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout = (stdout + text).slice(-4000);
      const port = /Listening on \S+:(\d+)/.exec(stdout)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    // "close" comes after the last output, "exit" may come before it.
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      fail(`exited (${signal ?? `code ${code}`}) before it listened`);
    });
  });
}

async function askChainId(rpcUrl: string): Promise<number> {
  const response = await fetch(rpcUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] }),
    signal: AbortSignal.timeout(startTimeoutMs),
  });
  const { result } = (await response.json()) as { readonly result?: unknown };
  if (typeof result !== "string") throw new Error(`anvil at ${rpcUrl} did not answer eth_chainId.`);
  return Number(result);
}

async function endProcess(child: Child, exited: Promise<void>): Promise<void> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
  await exited;
  clearTimeout(timer);
}
