import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { killWithParent } from "@sigil/testing/killWithParent";
import { writeFiles } from "../packPackages.js";

export type Worker = {
  readonly url: string;
  /** Ends it, and gives what it complained about. */
  readonly stop: () => Promise<string>;
};

/** As a project of Workers has it: Node's modules on, and for the sake of the emulator a way to this machine. */
const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
      compatibilityDate = "2026-01-01",
      compatibilityFlags = ["nodejs_compat"],
      globalOutbound = "loopback",
    )),
    (name = "loopback", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);`;

/** Starts workerd with one bundled worker, on a free port. */
export async function startWorkerd(workerd: string, folder: string, bundle: string): Promise<Worker> {
  writeFiles(folder, { "workerd/worker.mjs": bundle, "workerd/config.capnp": config });
  const args = ["serve", join(folder, "workerd/config.capnp"), "--control-fd=3"];
  const child = spawn(workerd, args, { stdio: ["ignore", "ignore", "pipe", "pipe"], env: {} });
  const release = killWithParent(child);
  const complaints = text(child.stderr as Readable);
  const exited = once(child, "exit");
  const stop = async (): Promise<string> => {
    child.kill();
    await exited;
    release();
    return complaints;
  };
  const port = await portOf(child.stdio[3] as Readable);
  if (port === undefined) throw new Error(`workerd ended: ${await stop()}`);
  return { url: `http://127.0.0.1:${port}`, stop };
}

/** It tells when it listens, and where. */
async function portOf(control: Readable): Promise<string | undefined> {
  let told = "";
  for await (const chunk of control) {
    told += String(chunk);
    const [, port] = /"port":(\d+)/.exec(told) ?? [];
    if (port !== undefined) return port;
  }
  return undefined;
}
