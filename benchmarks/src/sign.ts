import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { signingGoals } from "./goals.js";
import { measureAllocations } from "./measure/measureAllocations.js";
import { measureParts } from "./measure/measureParts.js";
import { readOptions } from "./options.js";
import { partsOf } from "./parts.js";
import { chart } from "./report/chart.js";
import { signingReport } from "./report/signingReport.js";
import { writeReport } from "./report/writeReport.js";
import { machineOf, toResults } from "./results.js";
import { rows } from "./rows/rows.js";
import { say } from "./say.js";

/** Measures all rows, prints the tables and the goals, and with the usual settings writes them to the README. */
export async function sign(args: readonly string[]): Promise<void> {
  const { isFull, rows: only, ...settings } = readOptions(args);
  const { rounds, ms, warmUp, tolerance, seed } = settings;
  const [loadBefore = 0] = loadavg();
  const parts = await measureParts({ parts: partsOf(only), rounds, ms, warmUp, tolerance, say });
  const wanted = rows.filter(({ name }) => name.includes(only));
  const allocated = await measureAllocations(wanted, say);
  const machine = machineOf(loadBefore);
  const results = toResults(parts, allocated, rows, { seed, settings: { rounds, ms, warmUp }, machine });
  const report = signingReport(results, signingGoals(results));
  process.stdout.write(`${report}\n`);
  if (!isFull) {
    say("Nothing was written: figures are published with the usual settings only.");
    return;
  }
  const folder = new URL("../results/", import.meta.url);
  writeFileSync(new URL("sign.json", folder), `${JSON.stringify(results)}\n`);
  writeFileSync(new URL("sign.svg", folder), chart(results));
  writeReport("sign", `![Processor time for each signature, to the floor's](results/sign.svg)\n\n${report}`);
}
