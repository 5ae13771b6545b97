import { figuresAt, type Goal } from "../goals.js";
import { describeLoad } from "../measure/measureParts.js";
import type { Figures, PartResult, Results } from "../results.js";
import type { Row } from "../rows/Row.js";
import { rows } from "../rows/rows.js";
import type { Estimate } from "../statistics.js";
import { goalTable } from "./goalTable.js";
import { table } from "./markdown.js";

/** All that a run has measured, as the README has it. */
export function signingReport(results: Results, goals: readonly Goal[]): string {
  return [
    conditions(results),
    "### Goals",
    goalTable(goals),
    ...results.parts.flatMap((part) => [`### ${title(part)}`, partTable(part)]),
    "### Bytes allocated for each signature",
    allocationTable(results),
  ].join("\n\n");
}

function title({ load }: PartResult): string {
  const text = describeLoad(load);
  return text[0]?.toUpperCase() + text.slice(1);
}

function conditions({ machine, settings, seed, versions, parts }: Results): string {
  const { node, system, cpu, cores, loadBefore, loadAfter } = machine;
  const dropped = parts.reduce((sum, part) => sum + part.dropped, 0);
  const named = Object.entries(versions).filter(([name]) => !name.startsWith("@sigil/"));
  return [
    `Node ${node} on ${system}, ${cores} cores (${cpu}); load average before ${loadBefore}, after ${loadAfter}. ` +
      `${settings.rounds} rounds of ${settings.ms} ms for each row after ${settings.warmUp} calls to warm up, ${dropped} dropped; ` +
      `seed ${seed}.`,
    `Versions: ${named.map(([name, version]) => `${name} ${version}`).join(", ")}.`,
  ].join("\n\n");
}

const groups: Readonly<Record<Row["group"], string>> = {
  floor: "floor",
  sigil: "Sigil",
  peer: "peer",
  local: "local key",
  check: "check alone",
};

const head = [
  "row",
  "who",
  "verifies",
  "CPU to the floor's",
  "time to the floor's",
  "rate to the floor's",
  "CPU µs",
  "p50 ms",
  "p99 ms",
  "per second",
  "requests",
  "sockets",
];

function partTable({ rows: figures }: PartResult): string {
  const lines = rows.flatMap((row) => {
    const own = figures[row.name];
    return own === undefined ? [] : [line(row, own)];
  });
  return table(head, lines, 3);
}

function line(row: Row, figures: Figures): readonly string[] {
  return [
    row.name,
    groups[row.group],
    verifies(row),
    interval(figures.cpuRatio),
    interval(figures.p50Ratio),
    interval(figures.rateRatio),
    figures.cpuMicros.toFixed(0),
    figures.p50.toFixed(2),
    figures.p99.toFixed(2),
    figures.perSecond.toFixed(0),
    row.wire === undefined ? "–" : String(figures.requestsEach),
    row.wire === undefined ? "–" : figures.sockets.toFixed(0),
  ];
}

function verifies({ group, verifies }: Row): string {
  if (group === "local" || group === "floor") return "–";
  return verifies ? "yes" : "no";
}

const interval = ({ median, low, high }: Estimate): string =>
  `**${median.toFixed(2)}** (${low.toFixed(2)} to ${high.toFixed(2)})`;

function allocationTable(results: Results): string {
  const one = figuresAt(results, 1);
  const lines = rows.flatMap(({ name, group }) => {
    const bytes = results.allocated[name];
    if (bytes === undefined || one[name] === undefined) return [];
    return [[name, groups[group], (bytes / 1024).toFixed(1)]];
  });
  return table(["row", "who", "KiB"], lines, 2);
}
