import type { Row } from "../rows/Row.js";
import { floorName, rowOf } from "../rows/rows.js";
import { Mock } from "./Mock.js";
import { RowProcess } from "./RowProcess.js";
import { type KeptRound, type Load, runRounds } from "./rounds.js";

/** A load, and the rows that are put to it. */
export type Part = { readonly load: Load; readonly rows: readonly Row[] };

export type MeasureOptions = {
  readonly parts: readonly Part[];
  readonly rounds: number;
  readonly ms: number;
  /** Calls of each row before anything counts. */
  readonly warmUp: number;
  readonly tolerance: number;
  /** Says how far it is. */
  readonly say: (line: string) => void;
};

export type MeasuredPart = {
  readonly load: Load;
  readonly dropped: number;
  readonly kept: readonly KeptRound[];
};

/** Measures the rows under each load, all in one run, each in a process that lives to its end. */
export async function measureParts(options: MeasureOptions): Promise<readonly MeasuredPart[]> {
  const { parts, rounds, ms, warmUp, tolerance, say } = options;
  const mock = new Mock();
  const processes = new Map<string, RowProcess>();
  try {
    for (const row of new Set([rowOf(floorName), ...parts.flatMap(({ rows }) => rows)])) {
      say(`warming up ${row.name}`);
      const each = await RowProcess.start(row, mock);
      processes.set(row.name, each);
      await each.warmUp(warmUp);
    }
    const of = ({ name }: Row): RowProcess => processes.get(name) as RowProcess;
    const floor = of(rowOf(floorName));
    const measured: MeasuredPart[] = [];
    for (const { load, rows } of parts) {
      say(`${rounds} rounds of ${rows.length} rows, ${describeLoad(load)}`);
      await mock.delay(load.delayMs);
      const others = rows.filter(({ name }) => name !== floorName).map(of);
      // A load is new to all: the first turn of each does not count.
      for (const each of [floor, ...others]) await each.round(load.concurrency, ms);
      measured.push({ load, ...(await runRounds(floor, others, { load, rounds, ms, tolerance })) });
    }
    return measured;
  } finally {
    for (const each of processes.values()) each.close();
    mock.close();
  }
}

export const describeLoad = ({ concurrency, delayMs }: Load): string =>
  `${concurrency === 1 ? "one at a time" : `${concurrency} at once`}, octane takes ${delayMs} ms`;
