// Runs the unit tests again and again, each time in another random order: `pnpm test:shuffled [--quick] [RUNS] [FIRST-SEED]`. A
// test that needs what another left behind, or that fails once in a while, fails here, and the seed repeats its order.

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
  project: ["packages"],
  // Promises go their own rounds.
  testNamePattern: /^(?!.*(^|\s)R\d\d: )/,
  reporters: [{}],
  // Files share a worker, so that one sees what another left behind; that is faster too.
  isolate: false,
  pool: "threads",
  sequence: { shuffle: { files: true, tests: true }, seed: first },
  // A slow machine is not a flaky test.
  testTimeout: 120_000,
});
const flaky: number[] = [];
/** The others' tests start processes or browsers nearly all. */
const tried = /\/packages\/(astrotrain|evm|viem|ethers|solana|emulator)\//;
/** They wait for real time-outs, listen, or make keys and signatures by the hundred, and take half a second and more each. */
const heavy = new RegExp(
  `/(${[
    ...[
      "AstrotrainClient",
      "send",
      "ed25519",
      "close",
      "lostAnswers",
      "httpDetails",
      "verifySecp256k1",
      "strictVerifier",
      "lies",
    ],
    ...["toSigilAccount", "toSigilSigner", "toSigilWallet", "SigilSigner", "keyStore", "card", "refusals"],
    ...[
      "everywhere",
      "faults",
      "follow",
      "deliver",
      "listen",
      "events",
      "big",
      "idempotency",
      "sign",
      "fetch",
      "journal",
      "control",
      "openApi",
      "storage",
      "traffic",
      "severalAppliances",
    ],
  ].join("|")})\\.test\\.ts$`,
);
/** They load the libraries of their hosts, or a whole emulator, which takes longer than their tests. */
const hosted = /\/packages\/(emulator|evm|viem|ethers|solana)\//;
/** These start processes of their own, a browser or an emulator to be killed. */
const apart = /\/(page|killed)\.test\.ts$/;
const all = (await vitest.globTestSpecifications()).filter(
  ({ moduleId }) => tried.test(moduleId) && !apart.test(moduleId),
);
const short = all.filter(({ moduleId }) => !heavy.test(moduleId));
const shortest = short.filter(({ moduleId }) => !hosted.test(moduleId));
const runsOf = new Map<typeof all, number>();
/** By the seed, so that it repeats all there is to a run. */
const filesOf = (seed: number): typeof all => {
  if (seed % 10 !== 0) return shortest;
  return seed % 50 === 0 && !quick ? all : short;
};
let tests = 0;
for (let seed = first; seed < first + runs; seed++) {
  for (const { config } of [vitest, ...vitest.projects]) config.sequence.seed = seed;
  const files = filesOf(seed);
  const result = await vitest.runTestSpecifications(files);
  // Vitest gives those of all runs so far.
  const ran = new Set(files.map(({ moduleId }) => moduleId));
  const testModules = result.testModules.filter(({ moduleId }) => ran.has(moduleId));
  tests += testModules.flatMap((module) => [...module.children.allTests("passed")]).length;
  runsOf.set(files, (runsOf.get(files) ?? 0) + 1);
  const failed = testModules.flatMap((module) => [...module.children.allTests("failed")]);
  // At import, or in a hook: no test shows that.
  const broken = testModules.filter((module) => module.errors().length > 0);
  const failures = [
    ...failed.map((test) => `${test.fullName}: ${test.result().errors?.[0]?.message}`),
    ...broken.map(({ moduleId }) => moduleId),
    ...result.unhandledErrors.map((error) => String((error as Partial<Error>).message ?? error)),
  ];
  if (failures.length > 0) flaky.push(seed);
  for (const failure of failures) console.log(`seed ${seed}: ${failure}`);
}
await vitest.close();
const parts = [shortest, short, ...(quick ? [] : [all])].map(
  (files) => `${runsOf.get(files) ?? 0} of ${files.length} files`,
);
console.log(
  `${runs} runs in random order, ${tests} tests: ${parts.join(", ")}; seeds ${first} to ${first + runs - 1}: ${flaky.length} failed`,
);
if (flaky.length > 0) {
  const options = quick ? "--quick " : "";
  console.log(
    `Seeds that failed: ${flaky.join(", ")}. To repeat one: pnpm test:shuffled ${options}1 ${flaky[0]}`,
  );
}
process.exit(flaky.length > 0 || tests === 0 ? 1 : 0);
