import { onTestFinished } from "vitest";
import { createEmulator, type Emulator, type EmulatorOptions } from "../src/index.js";
import { type Listening, listen } from "../src/node/index.js";
import { base, client } from "./client.js";

/** The two ways to an emulator. */
export const ways = ["fetch", "socket"] as const;
export type Way = (typeof ways)[number];

/** An emulator and its client, in this process or over a socket with Node's own fetch. */
export async function start(way: Way, options: EmulatorOptions = {}) {
  const emulator = createEmulator(options);
  if (way === "fetch") return { emulator, sp: client(emulator), server: undefined, url: base };
  const server: Listening = await listen(emulator, { port: 0 });
  onTestFinished(() => server.close());
  const remote: Emulator = {
    ...emulator,
    sp: emulator.sp,
    fetch: (input, init) => fetch(String(input).replace("https://octane.test", server.url), init),
  };
  return { emulator, sp: client(remote), server, url: server.url };
}
