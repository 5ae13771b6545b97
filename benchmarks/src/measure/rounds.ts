import type { Round, RowProcess } from "./RowProcess.js";

/** A load: how many at once, against an octane that takes so long to answer. */
export type Load = { readonly concurrency: number; readonly delayMs: number };

export type RoundsOptions = {
  readonly load: Load;
  readonly rounds: number;
  readonly ms: number;
  /** How far the floor may move within a round. */
  readonly tolerance: number;
};

/** The floor of a round, and each row's part in it. */
export type KeptRound = { readonly floor: Round; readonly rows: ReadonlyMap<string, Round> };

/**
 * Rounds in which each row has its turn, between two turns of the floor. One in which the floor moved is dropped and
 * made up for.
 *
 * @throws Error when more were dropped than are wanted: the machine is too busy to measure on.
 */
export async function runRounds(
  floor: RowProcess,
  rows: readonly RowProcess[],
  { load, rounds, ms, tolerance }: RoundsOptions,
): Promise<{ kept: readonly KeptRound[]; dropped: number }> {
  const kept: KeptRound[] = [];
  let dropped = 0;
  while (kept.length < rounds) {
    const opening = await floor.round(load.concurrency, 2 * ms);
    const samples = new Map<string, Round>();
    for (const each of rows) samples.set(each.row.name, await each.round(load.concurrency, ms));
    const closing = await floor.round(load.concurrency, 2 * ms);
    const moved = Math.abs(closing.perSecond / opening.perSecond - 1);
    if (moved <= tolerance) {
      kept.push({ floor: mean(opening, closing), rows: samples });
      continue;
    }
    dropped += 1;
    process.stderr.write(`dropped a round: the floor moved by ${(moved * 100).toFixed(0)} %\n`);
    if (dropped > rounds)
      throw new Error(
        `The floor moved by more than ${tolerance * 100} % in ${dropped} rounds: end what else runs here and measure again.`,
      );
  }
  return { kept, dropped };
}

function mean(a: Round, b: Round): Round {
  const keys = Object.keys(a) as (keyof Round)[];
  return Object.fromEntries(keys.map((key) => [key, (a[key] + b[key]) / 2])) as Round;
}
