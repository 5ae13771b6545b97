import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { figure } from "../testing/src/promises.js";
import { root, runVitest } from "./run.js";

type Place = { readonly start: { readonly line?: number } };

/** Of each file where each branch begins, and how often each way of it was taken. */
type Coverage = Readonly<
  Record<
    string,
    {
      readonly branchMap: Readonly<
        Record<string, { readonly loc: Place; readonly locations: readonly Partial<Place>[] }>
      >;
      readonly b: Readonly<Record<string, readonly number[]>>;
    }
  >
>;

test("R62: the core's own tests take 95 % of its branches", { timeout: 600_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "sigil-coverage-"));
  try {
    // That these tests pass is not asked here: they are part of this same suite. Fuzzing and the rounds of
    // promises take long, and hardly another branch.
    const options = [
      ...[
        "--project",
        "packages",
        "packages/astrotrain/",
        "--exclude=**/*.{fuzz,promises}.test.ts",
        "--testTimeout=30000",
      ],
      ...["--coverage", "--coverage.reportOnFailure", "--coverage.reporter=json"],
    ];
    const { stdout, stderr } = await runVitest([...options, `--coverage.reportsDirectory=${folder}`], {
      cwd: root,
    });
    const coverage = read(join(folder, "coverage-final.json"), stdout + stderr);
    const branches = Object.entries(coverage).flatMap(([file, { branchMap, b }]) =>
      Object.entries(b).flatMap(([id, ways]) =>
        ways.map((taken, way) => ({
          taken,
          // An else that is not written has no place of its own.
          at: `${relative(root, file)}:${branchMap[id]?.locations[way]?.start?.line ?? branchMap[id]?.loc.start.line}`,
        })),
      ),
    );
    const open = branches.filter(({ taken }) => taken === 0).map(({ at }) => at);
    const percent = (100 * (branches.length - open.length)) / branches.length;
    figure(
      "R62",
      `${percent.toFixed(2)} % of ${branches.length} branches in ${Object.keys(coverage).length} files`,
    );
    expect(branches.length).toBeGreaterThan(0);
    expect(percent, `no test takes:\n${open.join("\n")}`).toBeGreaterThanOrEqual(95);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function read(file: string, output: string): Coverage {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Coverage;
  } catch {
    throw new Error(`There is no coverage:\n${output}`);
  }
}
