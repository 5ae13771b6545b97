import { execFile } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";
import { promisify } from "node:util";
import { plain } from "../output/plain.js";

/** A process that listens on a port. */
export type Holder = { readonly pid: number; readonly name: string };

/** Who listens on a TCP port of this machine, where the system tells: other users' processes it may not. */
export async function holderOf(port: number): Promise<Holder | undefined> {
  try {
    return process.platform === "linux" ? holderByProc(port) : await holderByLsof(port);
  } catch {
    return undefined;
  }
}

function holderByProc(port: number): Holder | undefined {
  const sockets = new Set(["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) => listeners(table, port)));
  if (sockets.size === 0) return undefined;
  const pid = readdirSync("/proc").find((name) => /^\d+$/.test(name) && hasOneOf(name, sockets));
  return pid === undefined ? undefined : { pid: Number(pid), name: nameOf(pid) };
}

/** The sockets that listen on the port, as links below /proc/<pid>/fd name them. */
function listeners(table: string, port: number): readonly string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  return readLines(table).flatMap((line) => {
    const [, local = "", , state, , , , , , inode] = line.trim().split(/\s+/);
    // 0A is LISTEN in the kernel's numbering of states.
    return local.endsWith(`:${hex}`) && state === "0A" ? [`socket:[${inode}]`] : [];
  });
}

const readLines = (file: string): readonly string[] => {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
};

function hasOneOf(pid: string, sockets: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(linkOf(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false;
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

/** The program alone: its arguments may hold a secret. */
const nameOf = (pid: string): string =>
  plain(basename(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] ?? "")) || "a process";

async function holderByLsof(port: number): Promise<Holder | undefined> {
  const args = ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"];
  const { stdout } = await promisify(execFile)("lsof", args, { timeout: 2_000 });
  const [, pid, name = "a process"] = /^p(\d+)\n(?:.*\n)*?c(.+)$/m.exec(stdout) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), name: plain(name) };
}
