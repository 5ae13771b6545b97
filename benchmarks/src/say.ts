const begun = performance.now();

/** How far a run is: beside the report, so that the report alone can be kept. */
export function say(line: string): void {
  process.stderr.write(`${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
}
