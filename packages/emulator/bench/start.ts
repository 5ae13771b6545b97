/**
 * How long a new process takes to the first answer of an emulator, from the built package: `pnpm build` first. Prints the median and
 * the range of some, and what Node takes by itself.
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

/** Milliseconds from the start of a process until it has run this, each time. */
const timesOf = (code: string): readonly number[] =>
  Array.from({ length: processes }, () => {
    const args = [
      "--input-type=module",
      "--eval",
      `${code}\nprocess.stdout.write(String(performance.now()));`,
    ];
    return Number(execFileSync(process.execPath, args, { encoding: "utf8" }));
  }).sort((a, b) => a - b);

const show = (what: string, times: readonly number[]): string =>
  `${what}: ${times[times.length >> 1]?.toFixed(0)} ms (${times[0]?.toFixed(0)} to ${times.at(-1)?.toFixed(0)})`;

process.stdout.write(`${show("first answer", timesOf(answers))}\n${show("Node alone", timesOf(""))}\n`);
