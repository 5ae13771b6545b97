import { join } from "node:path";
import { expect, test } from "vitest";
import { figure, isFullRun, rounds } from "../testing/src/promises.js";
import { root, runNode } from "./run.js";

test("R64: unit tests pass in any order", { timeout: 3_600_000 }, async () => {
  const runs = rounds(100, 1_000);
  const quick = isFullRun() ? [] : ["--quick"];
  const { code, stdout, stderr } = await runNode(
    [join(root, "scripts/testShuffled.ts"), String(runs), ...quick],
    { cwd: root },
  );
  const [result = "nothing was said"] = stdout.match(/^\d+ runs in .*$/m) ?? [];
  figure("R64", result);
  expect(code, stdout + stderr).toBe(0);
  expect(result).toMatch(
    new RegExp(`^${runs} runs in random order, [1-9]\\d* tests: .*; seeds \\d+ to \\d+: 0 failed$`),
  );
});
