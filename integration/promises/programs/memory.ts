import { setImmediate as nextTurn } from "node:timers/promises";

export const mebibyte: number = 1024 * 1024;

/** Bytes that JavaScript holds, in its heap and in buffers outside of it: what is still referred to, once finalizers have run too: a single collection leaves what they free. */
export async function heapAfterGc(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error("run it with --expose-gc");
  for (let i = 0; i < 6; i++) {
    globalThis.gc();
    await nextTurn();
  }
  // `external` has the array buffers in it.
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** How much more memory the process had at most while `run` ran than before it. */
export async function residentGrowth(run: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const looking = setInterval(look, 1);
  await run();
  clearInterval(looking);
  look();
  return most - before;
}
