import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@sigil/testing/freePort";
import { Redis } from "ioredis";

/** How to get one, for `notRun`. */
export const howToGetRedis: string =
  "install redis-server (Debian: apt-get install -y --no-install-recommends redis-server), or name one in REDIS_SERVER";

const command = process.env.REDIS_SERVER ?? "redis-server";

/** Whether there is one here. Where `CI` is set, a missing one is an error: nobody reads there what did not run. */
export function hasRedis(): boolean {
  const found = spawnSync(command, ["--version"]).status === 0;
  if (!found && process.env.CI) throw new Error(`No Redis: ${howToGetRedis}.`);
  return found;
}

export type RunningRedis = {
  readonly url: string;
  readonly client: Redis;
  readonly stop: () => Promise<void>;
};

/** Starts a Redis of its own on a free port of 127.0.0.1, and waits until it answers. */
export async function startRedis(): Promise<RunningRedis> {
  const dir = mkdtempSync(join(tmpdir(), "sigil-redis-"));
  const port = await freePort();
  const args = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    dir,
  ];
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  const dieWithUs = (): void => void child.kill("SIGKILL");
  process.on("exit", dieWithUs);
  const url = `redis://127.0.0.1:${port}`;
  // Asks again until there is an answer, or the process has gone.
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on("error", () => {});
  const stop = async (): Promise<void> => {
    client.disconnect();
    await end(child);
    process.off("exit", dieWithUs);
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const died = once(child, "exit").then(() => {
      throw new Error(`${command} ended before it answered.`);
    });
    await Promise.race([client.ping(), died]);
    return { url, client, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}
