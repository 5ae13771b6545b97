// Runs the fast tests again and again, each time in another random order: `pnpm test:shuffled [--quick] [RUNS] [FIRST-SEED]`. A test
// that needs what another left behind, or that fails once in a while, fails here, and the seed repeats its order.

import { createVitest } from "vitest/node";
import { roundsVariable } from "../testing/src/promises.js";
import { root } from "./run.js";

const [runs = 100, first = Date.now() % 1_000_000_000] = process.argv
  .slice(2)
  .filter((arg) => arg !== "--quick")
  .map(Number);
const quick = process.argv.includes("--quick");
if (!(Number.isSafeInteger(runs) && runs > 0 && Number.isSafeInteger(first))) {
  console.error("pnpm test:shuffled [RUNS] [FIRST-SEED]: two whole numbers.");
  process.exit(2);
}
// The counts of promises are not what is tested here.
delete process.env[roundsVariable];

// One process for all runs: starting each anew would take longer than the tests.
const vitest = await createVitest("test", {
  root,
  watch: false,
  project: ["astrotrain"],
  // Promises go their own rounds.
  testNamePattern: /^(?!.*(^|\s)R\d\d: )/,
  reporters: [{}],
  // Files share a worker, so that one sees what another left behind; that is faster too.
  isolate: false,
  pool: "threads",
  sequence: { shuffle: { files: true, tests: true }, seed: first },
  // A slow machine is not a flaky test.
  testTimeout: 30_000,
});
const flaky: number[] = [];
/** They wait for real time-outs, or make keys anew in every test; `--quick` leaves them out. */
const slow = /\/(AstrotrainClient|send|ed25519|close)\.test\.ts$/;
const suite = (await vitest.globTestSpecifications()).filter(
  ({ moduleId }) => !quick || !slow.test(moduleId),
);
let tests = 0;
for (let seed = first; seed < first + runs; seed++) {
  for (const { config } of [vitest, ...vitest.projects]) config.sequence.seed = seed;
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(suite);
  tests = testModules.flatMap((module) => [...module.children.allTests("passed")]).length;
  const failed = testModules.flatMap((module) => [...module.children.allTests("failed")]);
  // At import, or in a hook: no test shows that.
  const broken = testModules.filter((module) => module.errors().length > 0);
  const failures = [
    ...failed.map(({ fullName }) => fullName),
    ...broken.map(({ moduleId }) => moduleId),
    ...unhandledErrors.map((error) => String((error as Partial<Error>).message ?? error)),
  ];
  if (failures.length > 0) flaky.push(seed);
  for (const failure of failures) console.log(`seed ${seed}: ${failure}`);
}
await vitest.close();
console.log(
  `${runs} runs of ${tests} tests in random order, seeds ${first} to ${first + runs - 1}: ${flaky.length} failed`,
);
if (flaky.length > 0)
  console.log(`Seeds that failed: ${flaky.join(", ")}. To repeat one: pnpm test:shuffled 1 ${flaky[0]}`);
process.exit(flaky.length > 0 || tests === 0 ? 1 : 0);
