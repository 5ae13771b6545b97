// Streams that never come to a frame, each offered at 64 MiB: what reading them costs until they are given up. R33.

import { type PairError, subscribeToEvents } from "@sigil/astrotrain";
import { within } from "../within.js";
import { mebibyte, residentGrowth } from "./memory.js";

/** What one stream came to. */
type EndlessStream = {
  readonly title: string;
  readonly offeredBytes: number;
  readonly readBytes: number;
  readonly chunkBytes: number;
  readonly cpuMs: number;
  readonly residentBytes: number;
  /** The kind of the error, or `cut` where it is given up as a cut is, to be asked for again. */
  readonly end: string;
};

export type EndlessStreams = {
  readonly streams: readonly EndlessStream[];
  /** How many of them a busy machine made cost too much at first. */
  readonly repeated: number;
  /** What a parser that adds to a text and looks for the line's end takes for 16 MiB: for 64 MiB it is 16 times as long. */
  readonly naiveMs: number | undefined;
};

const pieces: Readonly<Record<string, string>> = {
  "a line without end": "x",
  "data without end": "data: x",
  "a letter of data without end": 'data: {"kind":"x","filler":"'.padEnd(4096, "x"),
  "data lines without a blank line": `data: ${"x".repeat(100)}\n`,
  "empty data lines": "data\n",
  "empty data lines by CR": "data\r",
  "empty data lines by CRLF": "data\r\n",
  comments: ":\n",
  "long comments": `: ${"x".repeat(1000)}\n`,
  "comments by CR": ":\r",
  "comments by CRLF": ":\r\n",
  "blank lines by LF": "\n",
  "blank lines by CR": "\r",
  ids: "id: 7\n\n",
  retries: "retry: 7\n",
  "unknown fields": "x\n",
  "bytes that are no text": "\u00ff",
};
/** Given as arguments. */
const chunkSizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);

/** A line without end only has its beginning once. */
const isOneLine = (title: string): boolean => title.includes("data without") || title.includes("letter");

const options = { octaneUrl: "https://octane.test", apiKey: "test-api-key-0001", pairId: "p-1" };

/** What is read of 64 MiB of `piece` until the stream is let go. */
async function read(title: string, chunkBytes: number, offeredBytes: number): Promise<EndlessStream> {
  const piece = pieces[title] ?? "";
  const first = Buffer.alloc(chunkBytes, isOneLine(title) ? piece.padEnd(chunkBytes, "x") : piece, "latin1");
  const rest = Buffer.alloc(chunkBytes, isOneLine(title) ? "x" : piece, "latin1");
  const over = new AbortController();
  let readBytes = 0;
  const source: UnderlyingDefaultSource<Uint8Array> = {
    pull: (controller) => {
      controller.enqueue(Uint8Array.from(readBytes === 0 ? first : rest));
      readBytes += chunkBytes;
      if (readBytes >= offeredBytes) controller.close();
    },
    // Given up: no need to wait for the pause before it is asked for again.
    cancel: () => {
      setImmediate(() => over.abort("cut"));
    },
  };
  const stream = (): ReadableStream<Uint8Array> => new ReadableStream(source, { highWaterMark: 0 });
  const fetch = async () => new Response(stream(), { headers: { "content-type": "text/event-stream" } });
  let end = "";
  let cpuMs = 0;
  const residentBytes = await residentGrowth(async () => {
    const before = process.cpuUsage();
    await subscribeToEvents({ ...options, fetch, signal: over.signal }).catch((error: PairError) => {
      end = error.kind === "network" ? String(error.cause) : error.kind;
    });
    const { user, system } = process.cpuUsage(before);
    cpuMs = (user + system) / 1000;
  });
  return { title, offeredBytes, readBytes, chunkBytes, cpuMs, residentBytes, end };
}

/** Quadratic: each chunk makes a longer text, which is looked through from its beginning. */
function naiveMs(totalBytes: number): number {
  const chunk = "x".repeat(65_536);
  const startedAt = performance.now();
  let buffer = "";
  for (let at = 0; at < totalBytes; at += chunk.length) {
    buffer += chunk;
    if (buffer.indexOf("\n") !== -1) throw new Error("there is no line end");
  }
  return performance.now() - startedAt;
}

// Once through all that is needed, so that what is measured is reading and not loading.
await subscribeToEvents({ ...options, fetch: async () => Response.json({ kind: "x" }) });
await read("a line without end", 1024, mebibyte);
const isCheap = ({ cpuMs, residentBytes }: EndlessStream): boolean =>
  cpuMs <= 100 && residentBytes <= 8 * mebibyte;
const streams: EndlessStream[] = [];
let repeated = 0;
for (const chunkBytes of chunkSizes)
  for (const title of Object.keys(pieces)) {
    const readAll = (): Promise<EndlessStream> => read(title, chunkBytes, 64 * mebibyte);
    // How much is read is judged by the test, and of the last try.
    const tried = await within(isCheap, readAll, () => {});
    streams.push(tried.measured);
    if (tried.repeated > 0) repeated++;
  }
const report: EndlessStreams = {
  streams,
  repeated,
  naiveMs: process.argv.includes("naive") ? naiveMs(16 * mebibyte) : undefined,
};
process.stdout.write(JSON.stringify(report));
