/**
 * How long a new process takes to the first answer of an emulator, from the built package: `pnpm build` first. Prints the median and
 * the range of some, the CPU time, and what Node takes by itself: on a busy machine only the ratio means anything.
 *
 *   node --import tsx bench/start.ts [processes]
 */
import { execFileSync } from "node:child_process";

const [processes = 11] = process.argv.slice(2).map(Number);

const answers = `
  const { createEmulator } = await import("${new URL("../dist/index.js", import.meta.url).href}");
  const { fetch, sp } = createEmulator();
  const response = await fetch("https://octane.test/sp/pair/sessions", {
    method: "POST",
    headers: { authorization: "Bearer " + sp.apiKey, "content-type": "application/json" },
    body: JSON.stringify({ sp_user_ref: "ada", requested_scopes: [{ chain: "base", access: "sign" }] }),
  });
  if (response.status !== 201) throw new Error(String(response.status));`;

type Start = { readonly wall: number; readonly cpu: number };

/** Milliseconds from the start of a process until it has run this. */
function startOf(code: string): Start {
  const measured = `${code}
    const { user, system } = process.cpuUsage();
    process.stdout.write(JSON.stringify({ wall: performance.now(), cpu: (user + system) / 1000 }));`;
  const args = ["--input-type=module", "--eval", measured];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Start;
}

const first: Start[] = [];
const alone: Start[] = [];
// In turns: what else the machine does meets both.
for (let at = 0; at < processes; at += 1) {
  first.push(startOf(answers));
  alone.push(startOf(""));
}

const sorted = (starts: readonly Start[], of: keyof Start): readonly number[] =>
  starts.map((each) => each[of]).sort((a, b) => a - b);

const median = (starts: readonly Start[], of: keyof Start): number =>
  sorted(starts, of)[starts.length >> 1] ?? 0;

function show(what: string, starts: readonly Start[]): string {
  const wall = sorted(starts, "wall").map((ms) => ms.toFixed(0));
  const [least, most] = [wall[0], wall.at(-1)];
  return `${what}: ${wall[starts.length >> 1]} ms (${least} to ${most}), ${median(starts, "cpu").toFixed(0)} ms of CPU`;
}

const ratio = (median(first, "cpu") / median(alone, "cpu")).toFixed(1);
process.stdout.write(
  `${show("first answer", first)}\n${show("Node alone", alone)}\nCPU of the two: ${ratio} to 1\n`,
);
