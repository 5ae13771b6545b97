import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { Paired } from "../../src/index.js";

export type ServerOptions = {
  readonly octaneUrl: string;
  readonly apiKey: string;
  /** Without it sessions stay in the process. */
  readonly redisUrl?: string;
  /** Its onPaired begins and does not end. */
  readonly slow?: boolean;
};

/** What the parent tells the process. */
export type Order = "memory";

type Memory = { readonly rss: number; readonly heapUsed: number };

/** What the process tells its parent. */
export type Report =
  | { readonly url: string }
  | { readonly paired: Paired }
  | { readonly error: string }
  | { readonly memory: Memory };

/** A proxy in a process of its own, on a port. */
export type ServerProcess = {
  /** Takes a request to wherever, there. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly url: string;
  /** What its onPaired got, so far. */
  readonly paired: Paired[];
  readonly errors: string[];
  /** In bytes, after a collection of garbage. */
  readonly memory: () => Promise<Memory>;
  /** With no time to put things in order. */
  readonly kill: () => Promise<void>;
};

const program = fileURLToPath(new URL("serve.ts", import.meta.url));
/** The repository's, where tsx is. */
const cwd = fileURLToPath(new URL("../../../..", import.meta.url));

/** Starts it, and kills it when the test is over. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const execArgv = ["--expose-gc", "--conditions=@sigil/source", "--import", "tsx"];
  const child = fork(program, [JSON.stringify(options)], { cwd, execArgv, stdio: "inherit" });
  const kill = (): Promise<void> => killChild(child);
  onTestFinished(kill, 120_000);
  const paired: Paired[] = [];
  const errors: string[] = [];
  const listening = new Promise<string>((resolve, reject) => {
    child.on("message", (message: Report) => {
      if ("url" in message) resolve(message.url);
      if ("paired" in message) paired.push(message.paired);
      if ("error" in message) errors.push(message.error);
    });
    child.once("exit", (code, signal) => reject(new Error(`The server ended: ${signal ?? code}.`)));
  });
  const url = await listening;
  return {
    url,
    paired,
    errors,
    kill,
    fetch: (request) => fetch(new Request(url + new URL(request.url).pathname, request)),
    memory: () =>
      new Promise((resolve) => {
        const take = (message: Report): void => {
          if (!("memory" in message)) return;
          child.off("message", take);
          resolve(message.memory);
        };
        child.on("message", take);
        child.send("memory" satisfies Order);
      }),
  };
}

async function killChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}
