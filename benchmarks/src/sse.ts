import { writeFileSync } from "node:fs";
import { createParser } from "eventsource-parser";
import { EventSourceParserStream } from "eventsource-parser/stream";
import type { Goal } from "./goals.js";
import { readOptions } from "./options.js";
import { goalTable } from "./report/goalTable.js";
import { table } from "./report/markdown.js";
import { writeReport } from "./report/writeReport.js";
import { rounded } from "./results.js";
import { say } from "./say.js";
import { type Estimate, estimate, median, randomFrom } from "./statistics.js";
import { drip, type Stream, streams } from "./streams.js";

type Frames = (
  response: Response,
  attempt: { readonly signal: AbortSignal },
) => AsyncIterable<{ readonly kind: string }>;

// No entry of the package, so the benchmark's build makes a file of it: what is compared is the parser alone, and the entries that
// use it reconnect as well.
const { framesOf } = (await import(new URL("frames.js", import.meta.url).href)) as { framesOf: Frames };

/** Reads a stream to its end, and says how many events it had. */
type Reader = (response: Response) => Promise<number>;

const ours: Reader = async (response) => {
  let events = 0;
  const { signal } = new AbortController();
  for await (const frame of framesOf(response, { signal })) if (frame.kind !== "") events += 1;
  return events;
};

/** eventsource-parser's own stream, which hands out one event after the other as ours does. */
const theirStream: Reader = async ({ body }) => {
  let events = 0;
  const read = (body as ReadableStream<BufferSource>)
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  for await (const { data } of read) if ((JSON.parse(data) as { kind: string }).kind !== "") events += 1;
  return events;
};

/** Its parser with a callback, which waits for nobody. */
const theirParser: Reader = async ({ body }) => {
  let events = 0;
  const parser = createParser({
    onEvent: ({ data }) => {
      if ((JSON.parse(data) as { kind: string }).kind !== "") events += 1;
    },
  });
  for await (const text of (body as ReadableStream<BufferSource>).pipeThrough(new TextDecoderStream()))
    parser.feed(text);
  return events;
};

/** Processor time, since nothing is waited for. */
async function microsecondsOf(read: Reader, { chunks, events }: Stream): Promise<number> {
  const response = new Response(streamOf(chunks));
  const before = process.cpuUsage();
  const found = await read(response);
  const { user, system } = process.cpuUsage(before);
  if (found !== events) throw new Error(`found ${found} events instead of ${events}`);
  return user + system;
}

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      const chunk = chunks[at++];
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
    },
  });
}

/** Speed of ours to each of eventsource-parser's two, by stream. */
type Speed = { readonly toStream: Estimate; readonly toParser: Estimate };

export type SseFigures = {
  readonly seed: number;
  readonly rounds: number;
  readonly speed: Readonly<Record<string, Speed>>;
  /** Time for a line that comes in small pieces, to that for one half as long: 2 is linear, 4 quadratic. */
  readonly twiceAsLong: number;
};

/** All read the same streams in turns, so that what else the machine does meets each. */
export async function measureSse({ rounds, seed }: { rounds: number; seed: number }): Promise<SseFigures> {
  const random = randomFrom(seed);
  const speed: Record<string, Speed> = {};
  for (const stream of streams) {
    for (let at = 0; at < 5; at += 1)
      for (const read of [ours, theirStream, theirParser]) await microsecondsOf(read, stream);
    const toStream: number[] = [];
    const toParser: number[] = [];
    for (let round = 0; round < rounds * 3; round += 1) {
      const own = await microsecondsOf(ours, stream);
      toStream.push((await microsecondsOf(theirStream, stream)) / own);
      toParser.push((await microsecondsOf(theirParser, stream)) / own);
    }
    speed[stream.name] = { toStream: estimate(toStream, random), toParser: estimate(toParser, random) };
  }
  return { seed, rounds: rounds * 3, speed, twiceAsLong: await growth(rounds) };
}

async function growth(rounds: number): Promise<number> {
  const [short, long] = [drip(30_000), drip(60_000)];
  await microsecondsOf(ours, long);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = await microsecondsOf(ours, short);
    ratios.push((await microsecondsOf(ours, long)) / before);
  }
  return median(ratios);
}

/** The geometric mean over the streams, as is right for ratios. */
export function meanSpeed({ speed }: SseFigures, to: keyof Speed): number {
  const logs = Object.values(speed).map((each) => Math.log(each[to].median));
  return Math.exp(logs.reduce((sum, each) => sum + each, 0) / logs.length);
}

export function sseGoals(figures: SseFigures): readonly Goal[] {
  const speedGoal = (to: keyof Speed, whose: string): Goal => {
    const mean = meanSpeed(figures, to);
    const what = `speed of the event stream's reader to ${whose}, mean of the streams`;
    return { id: "P6", what, bound: "≥ 0.8", measured: String(rounded(mean)), met: mean >= 0.8 };
  };
  return [
    speedGoal("toStream", "eventsource-parser's stream"),
    speedGoal("toParser", "eventsource-parser's callback"),
    {
      id: "P6",
      what: "time for a line twice as long, in small pieces: 2 is linear",
      bound: "≤ 3",
      measured: String(rounded(figures.twiceAsLong)),
      met: figures.twiceAsLong <= 3,
    },
  ];
}

/** Compares the reader of event streams with the parser below it. */
export async function sse(args: readonly string[]): Promise<void> {
  const { isFull, rounds, seed } = readOptions(args);
  const figures = await measureSse({ rounds, seed });
  const interval = ({ median, low, high }: Estimate): string =>
    `**${median.toFixed(2)}** (${low.toFixed(2)} to ${high.toFixed(2)})`;
  const lines = Object.entries(figures.speed).map(([name, { toStream, toParser }]) => [
    name,
    interval(toStream),
    interval(toParser),
  ]);
  const report = [
    `Node ${process.version}, ${figures.rounds} rounds, seed ${seed}.`,
    table(["stream", "speed to its stream", "speed to its callback"], lines),
    goalTable(sseGoals(figures)),
  ].join("\n\n");
  process.stdout.write(`${report}\n`);
  if (!isFull) return say("Nothing was written: figures are published with the usual settings only.");
  writeFileSync(new URL("../results/sse.json", import.meta.url), `${JSON.stringify(figures)}\n`);
  writeReport("sse", report);
}
