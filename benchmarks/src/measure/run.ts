import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Signer } from "../rows/Row.js";
import { quantile } from "../statistics.js";
import type { Sample } from "./protocol.js";

/** The event loop is looked at every so many milliseconds. */
const resolution = 5;

/** Signs for so long, so many at once, each anew as soon as one is done. */
export async function run(
  sign: Signer["sign"],
  { concurrency, ms, most = Number.POSITIVE_INFINITY }: { concurrency: number; ms: number; most?: number },
): Promise<Sample> {
  // A pause may have closed connections: what opens them anew is not this round's.
  await Promise.all(Array.from({ length: concurrency }, sign));
  const took: number[] = [];
  const loop = monitorEventLoopDelay({ resolution });
  loop.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const end = start + ms;
  let begun = 0;
  const work = async (): Promise<void> => {
    for (let now = performance.now(); now < end && begun < most; ) {
      begun += 1;
      await sign();
      const then = performance.now();
      took.push(then - now);
      now = then;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  loop.disable();
  return {
    signatures: took.length,
    asked: took.length + concurrency,
    perSecond: took.length / seconds,
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    cpuMicros: (user + system) / took.length,
    loopP99: Math.max(0, loop.percentile(99) / 1e6 - resolution),
  };
}
