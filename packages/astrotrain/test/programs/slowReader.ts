// A reader who takes its time over a stream that could come at once: what memory that takes. R36.

import { setImmediate as nextTurn } from "node:timers/promises";
import { framesOf } from "../../src/transport/frames.js";

/** What reading so many events came to. */
export type SlowReader = {
  readonly events: number;
  readonly streamBytes: number;
  readonly residentBytes: number;
};

const events = Number(process.argv[2]);
const eventBytes = 4096;
const chunkEvents = 64;
const filler = "x".repeat(eventBytes - 'data: {"kind":"x","filler":""}\n\n'.length);
const chunk = new TextEncoder().encode(`data: {"kind":"x","filler":"${filler}"}\n\n`.repeat(chunkEvents));

/** All the events at once, for as long as somebody asks. */
function offer(): Response {
  let left = Math.ceil(events / chunkEvents);
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    if (left-- > 0) controller.enqueue(chunk.slice());
    else controller.close();
  };
  return new Response(new ReadableStream({ pull }));
}

/** The most memory there was, as it is seen between two events, without what is only waiting to be collected. */
async function readSlowly(): Promise<number> {
  let most = 0;
  let taken = 0;
  for await (const _ of framesOf(offer(), { signal: new AbortController().signal })) {
    await nextTurn();
    if (++taken % 250 !== 0) continue;
    globalThis.gc?.();
    most = Math.max(most, process.memoryUsage.rss());
  }
  return most;
}

// The first time the heap grows to what any work takes; after that it may not.
const before = await readSlowly();
const residentBytes = (await readSlowly()) - before;
const report: SlowReader = { events, streamBytes: events * eventBytes, residentBytes };
process.stdout.write(JSON.stringify(report));
