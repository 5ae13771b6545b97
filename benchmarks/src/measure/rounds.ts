import type { Round, RowProcess } from "./RowProcess.js";

/** A load: how many at once, against an octane that takes so long to answer. */
export type Load = { readonly concurrency: number; readonly delayMs: number };

export type RoundsOptions = {
  readonly load: Load;
  readonly rounds: number;
  readonly ms: number;
  /** How far the floor may move from before a turn to after it. */
  readonly tolerance: number;
};

/** What a row did in its turn, and the floor in those before and after it. */
export type Turn = { readonly own: Round; readonly floor: Round };

/** A turn of each row, by its name. */
export type KeptRound = ReadonlyMap<string, Turn>;

/**
 * Rounds in which each row has its turn, each between two turns of the floor. A turn during which the floor moved is dropped and
 * made up for at once: on a machine that is shared it moves within seconds, so that a whole round would hardly ever hold.
 *
 * @throws Error when as many turns were dropped as are wanted: the machine is too busy to measure on.
 */
export async function runRounds(
  floor: RowProcess,
  rows: readonly RowProcess[],
  { load: { concurrency }, rounds, ms, tolerance }: RoundsOptions,
): Promise<{ kept: readonly KeptRound[]; dropped: number }> {
  const kept: KeptRound[] = [];
  let dropped = 0;
  let before = await floor.round(concurrency, ms);
  const turnOf = async (row: RowProcess): Promise<Turn> => {
    while (dropped <= rounds * rows.length) {
      const opening = before;
      const own = await row.round(concurrency, ms);
      before = await floor.round(concurrency, ms);
      if (Math.abs(before.perSecond / opening.perSecond - 1) <= tolerance)
        return { own, floor: mean(opening, before) };
      dropped += 1;
    }
    throw new Error(
      `The floor moved by more than ${tolerance * 100} % in ${dropped} turns: end what else runs here and measure again.`,
    );
  };
  while (kept.length < rounds) {
    const turns = new Map<string, Turn>([[floor.row.name, { own: before, floor: before }]]);
    for (const each of rows) turns.set(each.row.name, await turnOf(each));
    kept.push(turns);
  }
  return { kept, dropped };
}

function mean(a: Round, b: Round): Round {
  const keys = Object.keys(a) as (keyof Round)[];
  return Object.fromEntries(keys.map((key) => [key, (a[key] + b[key]) / 2])) as Round;
}
