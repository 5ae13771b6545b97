import { appendFileSync } from "node:fs";

/** Names the file in which the reporter of the closing lines collects the notes of all workers. */
export const notesVariable = "SIGIL_TEST_NOTES";

/**
 * Says something about the whole run in its closing lines, once however often it is noted; it counts as nothing.
 * Outside of a test run it goes to stderr. May be called anywhere: while registering, in a hook, in a test.
 *
 * @example
 * note("the Solana tests ran on litesvm");
 */
export function note(line: string): void {
  const text = `note: ${line}`.replace(/\s+/g, " ");
  const file = process.env[notesVariable];
  if (file === undefined) process.stderr.write(`${text}\n`);
  else appendFileSync(file, `${text}\n`);
}
