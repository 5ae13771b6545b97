#!/usr/bin/env node
import { signalExitCode } from "./exitCodes.js";
import { main } from "./main.js";

const interruption = new AbortController();

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => {
    // The second time nothing is waited for.
    if (interruption.signal.aborted) process.exit(signalExitCode(name));
    interruption.abort(name);
  });
}

// Whoever reads may have had enough, as `head` does: that is no failure.
process.stdout.on("error", (error: Error & { code?: string }) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

const { stdin, stdout, stderr, env } = process;
process.exitCode = await main(process.argv.slice(2), {
  stdin,
  stdout,
  stderr,
  env,
  signal: interruption.signal,
});

// What is left over, such as a delay of the emulator's, must not keep a process alive that has done its work.
const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => void stream.write("", () => resolve()));
await Promise.all([flushed(stdout), flushed(stderr)]);
process.exit();
