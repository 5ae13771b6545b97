import { cpus, loadavg, release, type } from "node:os";
import type { MeasuredPart } from "./measure/measureParts.js";
import type { Round } from "./measure/RowProcess.js";
import type { Load, Turn } from "./measure/rounds.js";
import type { Row } from "./rows/Row.js";
import { type Estimate, estimate, median, randomFrom } from "./statistics.js";
import { versions } from "./versions.js";

/** What is published of a row under a load: medians over the rounds, and ratios to the floor before and after. */
export type Figures = {
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
  readonly cpuMicros: number;
  readonly loopP99: number;
  readonly requestsEach: number;
  readonly bytesEach: number;
  readonly sockets: number;
  /** Processor time for a signature, to the floor's. */
  readonly cpuRatio: Estimate;
  /** Time from call to return, to the floor's. */
  readonly p50Ratio: Estimate;
  /** Signatures a second, to the floor's. */
  readonly rateRatio: Estimate;
};

export type PartResult = {
  readonly load: Load;
  readonly dropped: number;
  readonly rows: Readonly<Record<string, Figures>>;
  /** What they were computed from, by row and round. */
  readonly rounds: Readonly<Record<string, readonly RawRound[]>>;
};

type RawRound = Pick<Round, "signatures" | "perSecond" | "p50" | "p99" | "cpuMicros" | "loopP99">;

export type Results = {
  readonly seed: number;
  readonly settings: { readonly rounds: number; readonly ms: number; readonly warmUp: number };
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly parts: readonly PartResult[];
  /** Bytes for each signature, by row. */
  readonly allocated: Readonly<Record<string, number>>;
};

export type Machine = {
  readonly node: string;
  readonly system: string;
  readonly cpu: string;
  readonly cores: number;
  /** The load average of the last minute, and how many turns were dropped because of it. */
  readonly loadBefore: number;
  readonly loadAfter: number;
};

export const machineOf = (loadBefore: number): Machine => ({
  node: process.version,
  system: `${type()} ${release().split(".").slice(0, 2).join(".")}, ${process.arch}`,
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  cores: cpus().length,
  loadBefore: rounded(loadBefore),
  loadAfter: rounded(loadavg()[0] ?? 0),
});

/** @param seed Of the draws of the bootstrap. */
export function toResults(
  parts: readonly MeasuredPart[],
  allocated: ReadonlyMap<string, number>,
  rows: readonly Row[],
  more: Pick<Results, "seed" | "settings" | "machine">,
): Results {
  const random = randomFrom(more.seed);
  return {
    ...more,
    versions: versions(),
    parts: parts.map((part) => toPart(part, rows, random)),
    allocated: Object.fromEntries([...allocated].map(([name, bytes]) => [name, Math.round(bytes)])),
  };
}

function toPart(
  { load, dropped, kept }: MeasuredPart,
  all: readonly Row[],
  random: () => number,
): PartResult {
  const byRow = all.flatMap(({ name }) => {
    const rounds = kept.flatMap((turns) => turns.get(name) ?? []);
    return rounds.length === 0 ? [] : [[name, rounds] as const];
  });
  return {
    load,
    dropped,
    rows: Object.fromEntries(byRow.map(([name, rounds]) => [name, toFigures(rounds, random)])),
    rounds: Object.fromEntries(byRow.map(([name, rounds]) => [name, rounds.map(({ own }) => toRaw(own))])),
  };
}

function toFigures(rounds: readonly Turn[], random: () => number): Figures {
  const middle = (key: keyof Round): number => rounded(median(rounds.map(({ own }) => own[key])));
  const ratio = (key: keyof Round): Estimate => {
    const { median, low, high } = estimate(
      rounds.map(({ own, floor }) => own[key] / floor[key]),
      random,
    );
    return { median: rounded(median), low: rounded(low), high: rounded(high) };
  };
  return {
    p50: middle("p50"),
    p99: middle("p99"),
    perSecond: middle("perSecond"),
    cpuMicros: middle("cpuMicros"),
    loopP99: middle("loopP99"),
    requestsEach: middle("requestsEach"),
    bytesEach: middle("bytesEach"),
    sockets: middle("sockets"),
    cpuRatio: ratio("cpuMicros"),
    p50Ratio: ratio("p50"),
    rateRatio: ratio("perSecond"),
  };
}

const toRaw = ({ signatures, perSecond, p50, p99, cpuMicros, loopP99 }: Round): RawRound => ({
  signatures,
  perSecond: rounded(perSecond),
  p50: rounded(p50),
  p99: rounded(p99),
  cpuMicros: rounded(cpuMicros),
  loopP99: rounded(loopP99),
});

/** To four digits: more would say nothing. */
export const rounded = (value: number): number => Number(value.toPrecision(4));
