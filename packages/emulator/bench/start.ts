/**
 * How long a new process takes to the first answer of an emulator, from the built package: `pnpm build` first. Prints the median and
 * the range of some, the CPU time, and what Node takes by itself: on a busy machine only CPU time and ratio mean anything.
 *
 *   node --import tsx bench/start.ts [processes]
 */
import { measureStarts, median, type Start } from "../test/speed/starts.js";

const [processes = 9] = process.argv.slice(2).map(Number);
const built = (entry: string): string => new URL(`../dist/${entry}`, import.meta.url).href;
const { inProcess, overPort, alone } = await measureStarts(
  { index: built("index.js"), node: built("node/index.js") },
  processes,
);

function show(what: string, starts: readonly Start[]): string {
  const wall = starts.map((each) => each.wall).sort((a, b) => a - b);
  const [least = Number.NaN, most = Number.NaN] = [wall[0], wall.at(-1)];
  const range = `${least.toFixed(0)} to ${most.toFixed(0)}`;
  return `${what}: ${median(starts, "wall").toFixed(0)} ms (${range}), ${median(starts, "cpu").toFixed(0)} ms of CPU`;
}

const ratio = (median(inProcess, "cpu") / median(alone, "cpu")).toFixed(1);
const lines = [
  show("first answer, in process", inProcess),
  show("first answer, over a port", overPort),
  show("Node alone", alone),
  `CPU of the first and the last: ${ratio} to 1`,
];
process.stdout.write(`${lines.join("\n")}\n`);
