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

/** A row that was idle for some seconds takes half as much again for half a second: V8 drops code that nothing runs. */
const leadMs = 600;
/** Turns that a row has before the next row's: more of them and the machine's moods fall on one row, fewer and leads take the time. */
const turnsInARow = 3;

/**
 * Rounds in which each row has its turn, between two turns of the floor. Three rounds go together: a row has its three turns
 * one after the other, with a lead that counts for nothing before them. A turn during which the floor moved is dropped and made
 * up for at once: on a machine that is shared it moves within seconds, so that a whole round would hardly ever hold.
 *
 * @throws Error when as many turns were dropped as are wanted: the machine is too busy to measure on.
 */
export async function runRounds(
  floor: RowProcess,
  rows: readonly RowProcess[],
  { load: { concurrency }, rounds, ms, tolerance }: RoundsOptions,
): Promise<{ kept: readonly KeptRound[]; dropped: number }> {
  const kept = Array.from({ length: rounds }, () => new Map<string, Turn>());
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
  for (let first = 0; first < rounds; first += turnsInARow) {
    const together = kept.slice(first, first + turnsInARow);
    for (const row of rows) {
      await row.round(concurrency, leadMs);
      before = await floor.round(concurrency, ms);
      for (const turns of together) turns.set(row.row.name, await turnOf(row));
    }
    for (const turns of together) turns.set(floor.row.name, { own: before, floor: before });
  }
  return { kept, dropped };
}

function mean(a: Round, b: Round): Round {
  const keys = Object.keys(a) as (keyof Round)[];
  return Object.fromEntries(keys.map((key) => [key, (a[key] + b[key]) / 2])) as Round;
}
