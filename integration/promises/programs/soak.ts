// Signs at a rate, watches a pair and looks at its own memory, for as long as it is told to. R44.

import { createHistogram } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { AstrotrainClient, SignError } from "@sigil/astrotrain";
import { testKeys, testRequest } from "./cannedOctane.js";
import { heapAfterGc, mebibyte } from "./memory.js";

export type SoakSetup = {
  readonly octaneUrl: string;
  readonly seconds: number;
  readonly signsPerSecond: number;
};

export type Soak = {
  readonly signs: number;
  /** `ok`, the kinds of errors, and `untyped`. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Of a straight line through the least of each fifteen samples, after the first three minutes. */
  readonly heapSlopeMiBPer10Min: number;
  /** The samples of that line. */
  readonly heapMiB: readonly number[];
  readonly loopDelayP99Ms: number;
  readonly unhandled: number;
};

const { octaneUrl, seconds, signsPerSecond } = JSON.parse(process.argv[2] ?? "") as SoakSetup;
const client = new AstrotrainClient({ ...testKeys, octaneUrl, timeoutMs: 3_000 });
const outcomes: Record<string, number> = {};
const delays = createHistogram();
const samples: { readonly at: number; readonly heap: number }[] = [];
let unhandled = 0;
process.on("unhandledRejection", () => {
  unhandled++;
});

/** Each payload is another, so that nothing is answered from a memory. */
async function sign(n: number): Promise<void> {
  const payload = new Uint8Array(32);
  new DataView(payload.buffer).setUint32(0, n);
  const outcome = await client.sign({ ...testRequest, payload }).then(
    () => "ok",
    (error: unknown) => (error instanceof SignError ? error.kind : "untyped"),
  );
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}

/** As many as are due by the clock, again and again. */
async function signFor(ms: number): Promise<number> {
  const startedAt = performance.now();
  const underWay = new Set<Promise<void>>();
  let begun = 0;
  for (let elapsed = 0; elapsed < ms; elapsed = performance.now() - startedAt) {
    for (const due = Math.floor((elapsed / 1000) * signsPerSecond); begun < due; begun++) {
      const one = sign(begun);
      underWay.add(one);
      void one.finally(() => underWay.delete(one));
    }
    await sleep(5);
  }
  await Promise.all(underWay);
  return begun;
}

/** How much later than asked for a timer fires, but for the pauses that looking at the heap makes. */
function measureDelays(): () => void {
  const everyMs = 10;
  let due = performance.now() + everyMs;
  const timer = setInterval(() => {
    const late = performance.now() - due;
    if (!looking) delays.record(Math.max(1, Math.round(late * 1000)));
    looking = false;
    due = performance.now() + everyMs;
  }, everyMs);
  return () => clearInterval(timer);
}

let looking = false;

/** Every two seconds. */
function sampleHeap(): () => void {
  const startedAt = performance.now();
  const everyMs = 2_000;
  const timer = setInterval(async () => {
    looking = true;
    samples.push({ at: performance.now() - startedAt, heap: await heapAfterGc() });
    looking = true;
  }, everyMs);
  return () => clearInterval(timer);
}

const together = 15;

/** The calls that happen to be under way are in each sample: the least of a few shows what stays. */
function troughs(points: typeof samples): typeof samples {
  return points.filter((each, i) => {
    const window = points.slice(i - (i % together), i - (i % together) + together);
    return window.length === together && window.every(({ heap }) => heap >= each.heap);
  });
}

/** Of the line with the least squares, in bytes per millisecond. */
function slope(points: typeof samples): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, each) => sum + each, 0) / values.length;
  const at = mean(points.map((each) => each.at));
  const heap = mean(points.map((each) => each.heap));
  const products = points.map((each) => (each.at - at) * (each.heap - heap));
  const squares = points.map((each) => (each.at - at) ** 2);
  return mean(products) / mean(squares);
}

client.watchPair({ pairId: "p-1" });
const stops = [measureDelays(), sampleHeap()];
const signs = await signFor(seconds * 1000);
for (const stop of stops) stop();
client.close();
// Until then the client fills what it remembers of lost answers.
const settledMs = Math.min(180_000, seconds * 500);
const settled = troughs(samples.filter(({ at }) => at > settledMs));
const report: Soak = {
  signs,
  outcomes,
  heapSlopeMiBPer10Min: (slope(settled) * 600_000) / mebibyte,
  heapMiB: settled.map(({ heap }) => Math.round((heap / mebibyte) * 100) / 100),
  loopDelayP99Ms: delays.percentile(99) / 1000,
  unhandled,
};
process.stdout.write(JSON.stringify(report));
