import { PerformanceObserver } from "node:perf_hooks";
import type { Signer } from "../rows/Row.js";

/**
 * Bytes that one signature allocates, on the heap and in buffers beside it. Needs a process with `--expose-gc` and a young generation
 * so large that nothing is collected meanwhile: a collection would take away what is to be counted, and is an error.
 */
export async function allocate(sign: Signer["sign"], signatures: number): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("Allocations are counted in a process with --expose-gc.");
  for (let at = 0; at < 4; at += 1) gc();
  await pause();
  let collections = 0;
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length;
  });
  observer.observe({ entryTypes: ["gc"] });
  const before = allocated();
  for (let at = 0; at < signatures; at += 1) await sign();
  const after = allocated();
  await pause();
  observer.disconnect();
  if (collections > 0)
    throw new Error(`${signatures} signatures are too many to count: ${collections} collections.`);
  return (after - before) / signatures;
}

function allocated(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Collections are told a turn of the event loop later. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
