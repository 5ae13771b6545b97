/** Runs `run` for 0 to `count` - 1, `most` of them at a time, and gives what they made in their order. */
export async function concurrently<T>(
  count: number,
  most: number,
  run: (n: number) => Promise<T>,
): Promise<T[]> {
  const made: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const n = next++;
      made[n] = await run(n);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, count) }, worker));
  return made;
}

/** The error with which a promise ends, or `undefined` where it ends with a value. */
export const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
