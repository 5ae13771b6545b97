import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { notRun } from "@sigil/testing/notRun";
import { figure, isFullRun, rounds } from "@sigil/testing/promises";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import type { SignaturesReport } from "../bench/signatures.js";
import { measureStarts, median } from "../test/speed/starts.js";

const root = join(import.meta.dirname, "..");

/** These files bundled, each by its name, where they find what they import by name. */
async function bundled(entries: Readonly<Record<string, string>>): Promise<(name: string) => string> {
  const folder = mkdtempSync(join(root, "node_modules", ".speed-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await build({
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)])),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    packages: "external",
    logLevel: "silent",
  });
  return (name) => join(folder, `${name}.mjs`);
}

/** 300 ms, and half as much again for a slower machine than most. */
const startBoundMs = 450;

test("P10: a new process has its first answer within 300 ms", { timeout: 300_000 }, async () => {
  const path = await bundled({ index: "src/index.ts", node: "src/node/index.ts" });
  const address = (name: string): string => pathToFileURL(path(name)).href;
  const processes = rounds(9);
  const starts = await measureStarts({ index: address("index"), node: address("node") }, processes);
  const [inProcess, overPort, alone] = [starts.inProcess, starts.overPort, starts.alone].map(
    (each) => `${median(each, "wall").toFixed()} ms (${median(each, "cpu").toFixed()} ms of CPU)`,
  );
  figure(
    "P10",
    `first answer of a new process ${inProcess}, over a port ${overPort}, Node alone ${alone}; medians of ${processes}`,
  );
  // CPU time: how long it takes by the clock is also what else the machine does.
  for (const each of [starts.inProcess, starts.overPort])
    expect(median(each, "cpu")).toBeLessThan(startBoundMs);
});

if (isFullRun())
  test("P10: signs on and on, and its memory stays what it was", { timeout: 1_200_000 }, async () => {
    const path = await bundled({ signatures: "bench/signatures.ts" });
    const program = [path("signatures"), "100000", "32", "--json"];
    const { stdout } = await promisify(execFile)(process.execPath, program);
    const { signatures, evm, ed25519, heapMiB, rssMiB } = JSON.parse(stdout) as SignaturesReport;
    const [before, after] = heapMiB;
    figure(
      "P10",
      `${signatures} signatures: EVM ${evm.perSecond.toFixed()} a second (${evm.cpuMicros.toFixed()} µs of CPU each), ` +
        `Solana ${ed25519.perSecond.toFixed()} (${ed25519.cpuMicros.toFixed()} µs); ` +
        `heap ${before.toFixed(1)} MiB before, ${after.toFixed(1)} MiB after, RSS ${rssMiB.toFixed()} MiB`,
    );
    expect(signatures).toBe(100_000);
    expect(after - before).toBeLessThan(2);
  });
else
  notRun("P10: 100,000 signatures of one emulator, and what they leave in memory", "pnpm test:promises P10");
