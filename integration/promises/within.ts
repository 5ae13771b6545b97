/** What was measured, and how often anew. */
export type Measured<T> = { readonly measured: T; readonly repeated: number };

/**
 * A machine that does much else may take the processor away for longer than a bound: then it is measured again, four times
 * at most. That is for bounds of time and memory alone: whatever else is promised, `check` sees in each try.
 */
export async function within<T>(
  isInTime: (measured: T) => boolean,
  measure: () => Promise<T>,
  check: (measured: T) => void,
): Promise<Measured<T>> {
  for (let repeated = 0; ; repeated++) {
    const measured = await measure();
    check(measured);
    if (isInTime(measured) || repeated === 4) return { measured, repeated };
  }
}
