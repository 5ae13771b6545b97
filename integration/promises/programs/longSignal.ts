// Signatures under one AbortSignal that lives as long as the process: what each leaves behind. R39.

import { getEventListeners, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { AstrotrainClient } from "@sigil/astrotrain";
import { signAnswer, testKeys, testRequest } from "./cannedOctane.js";
import { heapAfterGc } from "./memory.js";

export type LongSignal = {
  /** Answered in this process, and over sockets. */
  readonly signs: readonly [inProcess: number, overSockets: number];
  readonly heapBytes: readonly [inProcess: number, overSockets: number];
  readonly listeners: number;
  readonly warnings: readonly string[];
};

const count = Number(process.argv[2]);
const atOnce = 50;
const { signal } = new AbortController();
const warnings: string[] = [];
process.on("warning", (warning) => warnings.push(String(warning)));

const answerAtOnce: typeof fetch = async (_, init) => Response.json(signAnswer(String(init?.body)));

/** So many signatures, fifty at a time. */
async function sign(client: AstrotrainClient, times: number): Promise<void> {
  let left = times;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await client.sign({ ...testRequest, signal });
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** What `times` signatures add to the heap, once the first ones have made what all of them use. */
async function heapGrowth(client: AstrotrainClient, times: number): Promise<number> {
  await sign(client, 500);
  const before = await heapAfterGc();
  await sign(client, times);
  return (await heapAfterGc()) - before;
}

const server = createServer(async (request, response) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(signAnswer(await text(request))));
}).listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;

const inProcess = new AstrotrainClient({
  ...testKeys,
  octaneUrl: "https://octane.test",
  fetch: answerAtOnce,
});
const overSockets = new AstrotrainClient({ ...testKeys, octaneUrl: `http://127.0.0.1:${port}` });
const signs = [count, Math.ceil(count / 5)] as const;
const heapBytes = [await heapGrowth(inProcess, signs[0]), await heapGrowth(overSockets, signs[1])] as const;
const report: LongSignal = {
  signs,
  heapBytes,
  listeners: getEventListeners(signal, "abort").length,
  warnings,
};
server.close();
server.closeAllConnections();
process.stdout.write(JSON.stringify(report));
