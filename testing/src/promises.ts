import { appendFileSync } from "node:fs";
import { notesVariable } from "./note.js";

/** How often the tests of promises go round: `SIGIL_PROMISES` is unset, `full` or `long`. */
export const roundsVariable = "SIGIL_PROMISES";

/**
 * How many rounds a test of a promise makes in this run: a tenth of `full` in the ordinary suite, all of them under
 * `pnpm test:promises`, and `long` where the promise has a long form and `--long` was asked for.
 *
 * @example
 * for (let i = 0; i < rounds(10_000); i++) …
 */
export function rounds(full: number, long: number = full): number {
  const wanted = process.env[roundsVariable];
  if (wanted === "long") return long;
  return wanted === "full" ? full : Math.ceil(full / 10);
}

/** Whether this run goes all the way, for tests that can't be shortened by a count. */
export const isFullRun = (): boolean => process.env[roundsVariable] !== undefined;

/** Where a test runs a second time in other circumstances, this says in which, before each of its figures. */
const circumstances = (): string => {
  const given = process.env.SIGIL_FIGURES_WITH;
  return given === undefined ? "" : `${given}: `;
};

/**
 * Prints the figure that a promise reached, in the closing lines of the run. `id` is the promise's, with which the
 * test's title begins as well, so that `pnpm test -t R07` runs it and shows its figure.
 *
 * @example
 * figure("R07", `${calls} calls, ${untyped} errors without a kind`);
 */
export function figure(id: `R${number}` | `P${number}`, text: string): void {
  const line = `${id}: ${circumstances()}${text}`.replace(/\s+/g, " ");
  const file = process.env[notesVariable];
  if (file === undefined) process.stderr.write(`${line}\n`);
  else appendFileSync(file, `${line}\n`);
}
