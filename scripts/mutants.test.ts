import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { figure, rounds } from "../testing/src/promises.js";
import { copyRepository, removeCopy } from "./copyRepository.js";
import { failsUnchanged, type Mutant, readMutants, staleness, tryMutant, type Verdict } from "./mutants.js";
import { root } from "./run.js";

const all = readMutants();
/** As many as are promised, and a tenth of that in short runs; `pnpm test:mutants` tries all. */
const count = rounds(25);
/** Others in each run, so that in time all are tried; the seed is printed, and repeats a run. */
const seed = Number(process.env.SIGIL_R63_SEED ?? Date.now() % 1_000_000_000);
const share = all
  .map((mutant, at) => ({ mutant, order: createHash("sha256").update(`${seed} ${at}`).digest("hex") }))
  .sort((one, other) => (one.order < other.order ? -1 : 1))
  .slice(0, count)
  .map(({ mutant }) => mutant);

let copy: string;
beforeAll(async () => {
  copy = await copyRepository();
});
afterAll(() => removeCopy(copy));

test("R63: each mutant is one of the code as it is", async () => {
  expect(all.length).toBeGreaterThanOrEqual(25);
  const stale = (await Promise.all(all.map(async (mutant) => [mutant.name, await staleness(mutant, root)])))
    .filter(([, why]) => why !== undefined)
    .map(([name, why]) => `${name}: ${why}`);
  expect(stale).toEqual([]);
  figure("R63", `${all.length - stale.length} of ${all.length} mutants apply`);
});

test("R63: each named security mutant is killed within a minute", {
  timeout: 60_000 * (count + 10),
}, async () => {
  expect(await failsUnchanged(share, copy)).toBeUndefined();
  const verdicts: Verdict[] = [];
  for (const mutant of share) verdicts.push(await tryMutant(mutant, copy));
  const survivors = verdicts
    .filter(({ killed }) => !killed)
    .map(({ mutant, how }) => `${mutant.name}: ${how}`);
  const replay = `SIGIL_R63_SEED=${seed}`;
  expect({ replay, survivors }).toEqual({ replay, survivors: [] });
  const slowest = Math.max(...verdicts.map(({ seconds }) => seconds));
  expect(slowest).toBeLessThanOrEqual(60);
  figure(
    "R63",
    `${verdicts.length - survivors.length} of ${verdicts.length} mutants killed (${all.length} in all), the slowest in ${slowest.toFixed(1)} s (${replay})`,
  );
});

describe("tryMutant", () => {
  const folder = mkdtempSync(join(tmpdir(), "sigil-patches-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const target = "packages/astrotrain/src/encoding/isBytes.ts";
  const killedBy = "packages/astrotrain/src/encoding/hex.test.ts";
  const [line = "", ...below] = readFileSync(join(root, target), "utf8").split("\n");
  /** A patch of the file's first line. */
  const patch = (name: string, head: string, to: string, from: string = line): Mutant => {
    const context = below.slice(0, 3).map((each) => ` ${each}`);
    const diff = [
      `--- a/${target}`,
      `+++ b/${target}`,
      "@@ -1,4 +1,4 @@",
      `-${from}`,
      `+${to}`,
      ...context,
      "",
    ];
    writeFileSync(join(folder, `${name}.patch`), `${head}\n${diff.join("\n")}`);
    return readMutants(folder).find((mutant) => mutant.name === name) ?? expect.fail(`${name} is not there`);
  };

  test("behavior: what no named test notices survives, and is taken back", { timeout: 60_000 }, async () => {
    const before = readFileSync(join(copy, target), "utf8");
    const mutant = patch("01-comment", `Mutant: nothing changes\nKilled-by: ${killedBy}`, `${line} //`);
    expect(await tryMutant(mutant, copy)).toMatchObject({
      killed: false,
      how: expect.stringMatching(/^survived \d+ tests/),
    });
    expect(readFileSync(join(copy, target), "utf8")).toBe(before);
  });

  test("behavior: a patch that does not apply any more is no kill", async () => {
    const mutant = patch("02-stale", `Mutant: what was once there\nKilled-by: ${killedBy}`, "come", "gone");
    expect(await staleness(mutant, copy)).toContain("patch does not apply");
    expect(await tryMutant(mutant, copy)).toMatchObject({
      killed: false,
      how: expect.stringContaining("stale mutant"),
    });
  });

  test("behavior: a mutant whose tests are gone, or have another title, is stale", async () => {
    const by = (name: string, tests: string): Promise<string | undefined> =>
      staleness(patch(name, `Mutant: nothing changes\nKilled-by: ${tests}`, `${line} //`), copy);
    expect(await by("05-there", killedBy)).toBeUndefined();
    expect(await by("06-gone", "packages/gone.test.ts")).toContain("there is no packages/gone.test.ts");
    expect(await by("07-untitled", `${killedBy} --testNamePattern R99`)).toContain("no test is titled R99");
  });

  test("behavior: code that does not load is no kill", { timeout: 60_000 }, async () => {
    const by = "packages/astrotrain/src/signing/AstrotrainClient.test.ts";
    const mutant = patch("03-syntax", `Mutant: breaks the file\nKilled-by: ${by}`, "(");
    expect(await tryMutant(mutant, copy)).toMatchObject({
      killed: false,
      how: expect.stringContaining("no test ran"),
    });
  });

  test("behavior: a patch without its head is refused", () => {
    expect(() => patch("04-headless", "Mutant: says not by whom", "b")).toThrow("Killed-by");
    rmSync(join(folder, "04-headless.patch"));
  });
});
