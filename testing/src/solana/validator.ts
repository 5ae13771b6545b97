import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { killWithParent } from "../killWithParent.js";
import { findValidator } from "./findValidator.js";
import { type PortBlock, takePortBlock } from "./portBlock.js";
import type { SolanaChain } from "./solanaChain.js";
import { waitUntilReady } from "./waitUntilReady.js";

export type ValidatorOptions = {
  /** The program to start. Default: {@link findValidator}. */
  readonly command?: string | undefined;
  /** More command-line arguments. */
  readonly args?: readonly string[];
};

export type Validator = SolanaChain & {
  readonly kind: "solana-test-validator";
  readonly pid: number;
  readonly ledger: string;
};

type Child = ChildProcessByStdio<null, Readable, Readable>;

// The first start may have to unpack the program, or share two cores with other tests.
const startTimeoutMs = 60_000;
const stopTimeoutMs = 5_000;

const firstSlot = 1;

const chainArgs = [
  // Slots of 200 ms instead of 400: confirmations take half the time, and a blockhash still lives for 30 s.
  ...["--ticks-per-slot", "32"],
  // From a genesis slot, versioned transactions would be dropped until a first block is final, 32 slots later.
  ...["--warp-slot", `${firstSlot}`],
];

/**
 * Starts a `solana-test-validator` of its own: a fresh ledger in a temporary folder, free ports.
 *
 * @throws Error if there is none; Error with the end of its output if it exits, or is not ready within 60 s.
 */
export async function startValidator(options: ValidatorOptions = {}): Promise<Validator> {
  const command = options.command ?? findValidator();
  if (command === undefined) throw new Error("There is no solana-test-validator on PATH.");
  const ports = await takePortBlock();
  const ledger = mkdtempSync(join(tmpdir(), "sigil-ledger-"));
  try {
    const child = await spawnValidator(command, [...toArguments(ports, ledger), ...(options.args ?? [])]);
    return await toRunning(child, command, ports, ledger);
  } catch (error) {
    ports.release();
    await remove(ledger);
    throw error;
  }
}

function toArguments({ first, last }: PortBlock, ledger: string): readonly string[] {
  return [
    ...["--quiet", "--reset", "--ledger", ledger, "--bind-address", "127.0.0.1"],
    // The port after the RPC port is that of the WebSocket: no option changes it.
    ...["--rpc-port", `${first}`, "--faucet-port", `${first + 2}`, "--gossip-port", `${first + 3}`],
    ...["--dynamic-port-range", `${first + 4}-${last - 1}`],
    ...chainArgs,
  ];
}

function spawnValidator(command: string, args: readonly string[]): Promise<Child> {
  // Its log is written to the ledger folder; at the default level that is 50 kB a second.
  const env = { RUST_LOG: "solana=warn,agave=warn", ...process.env };
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env });
    child.once("error", (error) => reject(new Error(`${command} does not start: ${error.message}`)));
    child.once("spawn", () => resolve(child));
  });
}

async function toRunning(
  child: Child,
  command: string,
  ports: PortBlock,
  ledger: string,
): Promise<Validator> {
  const forget = killWithParent(child);
  const output = keepTail(child);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve())).then(forget);
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= endProcess(child, exited).then(() => {
      ports.release();
      return remove(ledger);
    });
    return stopping;
  };
  const rpcUrl = `http://127.0.0.1:${ports.first}`;
  const wsUrl = `ws://127.0.0.1:${ports.first + 1}`;
  try {
    await waitUntilReady(rpcUrl, { after: firstSlot, timeoutMs: startTimeoutMs, exited });
  } catch (error) {
    const tail = `${output()}\n${readLog(ledger)}`.trim();
    await stop();
    throw new Error(`${command} ${(error as Error).message}.\n${tail}`);
  }
  return { kind: "solana-test-validator", rpcUrl, wsUrl, pid: child.pid as number, ledger, stop };
}

// Read to the end of its life: a full pipe would block it.
function keepTail(child: Child): () => string {
  let tail = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      tail = (tail + text).slice(-2000);
    });
  }
  return () => tail;
}

function readLog(ledger: string): string {
  try {
    return readFileSync(join(ledger, "validator.log"), "utf8").slice(-2000);
  } catch {
    return "";
  }
}

async function endProcess(child: Child, exited: Promise<void>): Promise<void> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
  await exited;
  clearTimeout(timer);
}

function remove(ledger: string): Promise<void> {
  return rm(ledger, { recursive: true, force: true, maxRetries: 3 });
}
