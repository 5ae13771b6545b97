// Subscriptions that begin and end, one way or another: what each leaves behind. R37.

import { getEventListeners } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { AstrotrainClient, subscribeToEvents } from "@sigil/astrotrain";
import { testKeys } from "./cannedOctane.js";
import { heapAfterGc } from "./memory.js";

export type Subscriptions = {
  readonly subscriptions: number;
  readonly heapBytes: number;
  /** On the signals they were given. */
  readonly listeners: number;
  /** Streams that nobody has let go of. */
  readonly openStreams: number;
  readonly timers: number;
};

const count = Number(process.argv[2]);
const access = { octaneUrl: "https://octane.test", apiKey: testKeys.apiKey, pairId: "p-1" };
const event = new TextEncoder().encode('data: {"kind":"new_in_v9"}\n\n');
const keepAlive = new TextEncoder().encode(": keep-alive\n\n");
const forEver = new AbortController().signal;
let openStreams = 0;
let listeners = 0;

/** A stream that stays open, with an event in it or without. */
function streamOf(first: Uint8Array): Response {
  openStreams++;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(first),
    cancel: () => {
      openStreams--;
    },
  });
  return new Response(stream, { headers: { "content-type": "text/event-stream" } });
}

const silent = async () => streamOf(keepAlive);
const speaking = async () => streamOf(event);
const client = new AstrotrainClient({ ...testKeys, octaneUrl: access.octaneUrl, fetch: silent });

/** At once, a few steps later, or when the stream is open. */
async function someTime(i: number): Promise<void> {
  if (i % 3 === 0) await nextTurn();
  else for (let step = i % 40; step > 0; step--) await undefined;
}

async function abortOne(i: number): Promise<void> {
  const controller = new AbortController();
  const over = subscribeToEvents({ ...access, fetch: silent, signal: controller.signal }).catch(() => {});
  await someTime(i);
  controller.abort();
  await over;
  listeners += getEventListeners(controller.signal, "abort").length;
}

const getOne = (): Promise<unknown> => subscribeToEvents({ ...access, fetch: speaking, signal: forEver });

async function watchOne(i: number): Promise<void> {
  const watch = client.watchPair({ pairId: access.pairId });
  await someTime(i);
  watch.stop();
}

async function subscribe(times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    if (i % 3 === 0) await abortOne(i / 3);
    else if (i % 3 === 1) await getOne();
    else await watchOne((i - 2) / 3);
  }
  await nextTurn();
}

await subscribe(1_000);
const before = await heapAfterGc();
await subscribe(count);
const report: Subscriptions = {
  subscriptions: count,
  heapBytes: (await heapAfterGc()) - before,
  listeners: listeners + getEventListeners(forEver, "abort").length,
  openStreams,
  timers: process.getActiveResourcesInfo().filter((each) => each === "Timeout").length,
};
process.stdout.write(JSON.stringify(report));
