/** Ends a check: prints its faults and sets exit code 1, or prints what was found to be right. */
export function finish(check: string, faults: readonly string[], right: readonly string[]): void {
  for (const fault of faults) process.stderr.write(`✘ ${check}: ${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
  else for (const line of right) process.stdout.write(`✔ ${check}: ${line}\n`);
}
