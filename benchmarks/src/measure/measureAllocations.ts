import type { Row } from "../rows/Row.js";
import { median } from "../statistics.js";
import { Mock } from "./Mock.js";
import { RowProcess } from "./RowProcess.js";

/** So large a young generation that a hundred signatures fit into it. */
const execArgv = ["--expose-gc", "--min-semi-space-size=256", "--max-semi-space-size=256"];
const signatures = 100;
const times = 3;

/** Bytes that one signature allocates, by row: the median of some counts, each row in a process of its own. */
export async function measureAllocations(
  rows: readonly Row[],
  say: (line: string) => void,
): Promise<ReadonlyMap<string, number>> {
  const mock = new Mock();
  const bytes = new Map<string, number>();
  try {
    for (const row of rows) {
      say(`counting what ${row.name} allocates`);
      const each = await RowProcess.start(row, mock, { execArgv });
      await each.warmUp(1_000);
      const counts: number[] = [];
      for (let at = 0; at < times; at += 1) counts.push(await each.allocated(signatures));
      bytes.set(row.name, median(counts));
      each.close();
    }
    return bytes;
  } finally {
    mock.close();
  }
}
