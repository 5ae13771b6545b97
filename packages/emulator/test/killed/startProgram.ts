import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { EmulatorSp } from "../../src/index.js";
import { client } from "../client.js";
import type { FromProgram, ToProgram } from "./messages.js";

/** The program in one file, which starts faster than its sources, beside what it loads from node_modules. */
export async function bundleProgram(): Promise<{ readonly path: string; readonly remove: () => void }> {
  const root = join(import.meta.dirname, "../..");
  const path = join(root, "node_modules", `.killed-${process.pid}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL("./program.ts", import.meta.url))],
    outfile: path,
    bundle: true,
    platform: "node",
    format: "esm",
    minify: true,
    conditions: ["@sigil/source"],
    external: ["@libsql/client"],
    // What is CommonJS among its dependencies asks for modules of Node's by this.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  return { path, remove: () => rmSync(path, { force: true }) };
}

type Started = Extract<FromProgram, { url: string }>;
type Answered = Extract<FromProgram, { id: number }>;

/** The program while it runs. */
export type Running = Started & {
  /** From its start until it listened. */
  readonly tookMs: number;
  readonly http: ReturnType<typeof client>;
  /** The appliance's own record, after its owner has revoked a pairing. Rejects where the program is gone. */
  readonly pairs: (revoke?: string) => Promise<ReadonlyMap<string, string>>;
  /** kill -9, and resolves once it is gone. */
  readonly kill: () => Promise<void>;
};

/** Starts it on a folder. */
export async function startProgram(path: string, dir: string, approvals: string): Promise<Running> {
  const begun = performance.now();
  const child = fork(path, [dir, approvals], { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const gone = once(child, "exit");
  const started = await Promise.race([
    once(child, "message").then(([message]) => message as Started),
    gone.then(() => Promise.reject(new Error("The program ended before it listened."))),
  ]);
  return {
    ...started,
    tookMs: performance.now() - begun,
    http: over(started.url, started.sp),
    pairs: asking(child, gone),
    kill: async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(child.pid, "SIGKILL");
      await gone;
    },
  };
}

function over(url: string, sp: EmulatorSp): ReturnType<typeof client> {
  const fetch: typeof globalThis.fetch = (path, init) =>
    globalThis.fetch(String(path).replace("https://octane.test", url), init);
  return client({ fetch, sp, appliance: undefined as never });
}

function asking(child: ChildProcess, gone: Promise<unknown>): Running["pairs"] {
  const waiting = new Map<number, (answer: Answered) => void>();
  child.on("message", (answer: Answered) => waiting.get(answer.id)?.(answer));
  let last = 0;
  return async (revoke) => {
    last += 1;
    const question: ToProgram = { id: last, ...(revoke === undefined ? {} : { revoke }) };
    const answer = new Promise<Answered>((resolve) => waiting.set(question.id, resolve));
    child.send(question, () => {});
    const lost = gone.then(() => Promise.reject(new Error("The program is gone.")));
    return new Map((await Promise.race([answer, lost])).pairs);
  };
}
