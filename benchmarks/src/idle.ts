import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Mock } from "./measure/Mock.js";
import { RowProcess } from "./measure/RowProcess.js";
import { readOptions } from "./options.js";
import { table } from "./report/markdown.js";
import { writeReport } from "./report/writeReport.js";
import { rounded } from "./results.js";
import { floorName, rowOf } from "./rows/rows.js";
import { say } from "./say.js";
import { median } from "./statistics.js";

/** What keeps connections in one way each. */
const names = [
  floorName,
  "node:http + SP signature",
  "@sigil/viem",
  "@sigil/viem, Node's HTTP",
  "@sigil/solana, kit",
  "@turnkey/viem",
  "@solana/keychain-turnkey",
];

const idleSeconds = [0, 5, 60];
const times = 5;

/** A server that keeps idle connections for so long, which is nginx's usual time. */
const keepAliveMs = 75_000;

/** Milliseconds, by row and by the pause in seconds. */
type Taken = Readonly<Record<string, Readonly<Record<number, readonly number[]>>>>;

/** How long the first signature takes after a pause: all rows rest at the same time, and are asked one after the other. */
export async function idle(args: readonly string[]): Promise<void> {
  const { isFull } = readOptions(args);
  const taken = await firstAfter(isFull ? idleSeconds : [0, 1]);
  const report = reportOf(taken);
  process.stdout.write(`${report}\n`);
  if (!isFull) return say("Nothing was written: figures are published with the usual settings only.");
  writeFileSync(new URL("../results/idle.json", import.meta.url), `${JSON.stringify(taken)}\n`);
  writeReport("idle", report);
}

async function firstAfter(pauses: readonly number[]): Promise<Taken> {
  const mock = new Mock();
  const processes: RowProcess[] = [];
  try {
    for (const name of names) processes.push(await RowProcess.start(rowOf(name), mock, { keepAliveMs }));
    for (const each of processes) await each.warmUp(2_000);
    const taken = names.map(
      (name) => [name, new Map(pauses.map((seconds) => [seconds, [] as number[]]))] as const,
    );
    for (const seconds of pauses) {
      for (let at = 0; at < times; at += 1) {
        say(`the first signature after ${seconds} s, ${at + 1} of ${times}`);
        await sleep(seconds * 1000);
        for (const [row, [, of]] of taken.entries())
          of.get(seconds)?.push(rounded((await processes[row]?.first()) ?? Number.NaN));
      }
    }
    return Object.fromEntries(taken.map(([name, of]) => [name, Object.fromEntries(of)]));
  } finally {
    for (const each of processes) each.close();
    mock.close();
  }
}

function reportOf(taken: Taken): string {
  const pauses = Object.keys(Object.values(taken)[0] ?? {}).map(Number);
  const lines = Object.entries(taken).map(([name, of]) => [
    name,
    ...pauses.map((seconds) => {
      const ms = of[seconds] ?? [];
      return `**${median(ms).toFixed(1)}** (${Math.min(...ms).toFixed(1)} to ${Math.max(...ms).toFixed(1)})`;
    }),
  ]);
  return [
    `Node ${process.version}, milliseconds: the median of ${times}, the least and the most.`,
    table(["row", ...pauses.map((seconds) => (seconds === 0 ? "at once" : `after ${seconds} s`))], lines),
  ].join("\n\n");
}
