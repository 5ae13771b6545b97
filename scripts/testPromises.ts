// Runs the tests of promises, and only those, at their full counts: `pnpm test:promises [--long] [R07 R20 …]`.

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { roundsVariable } from "../testing/src/promises.js";

const args = process.argv.slice(2);
const long = args.includes("--long");
const ids = args.filter((arg) => arg !== "--long");
const wrong = ids.find((id) => !/^R\d{2}$/.test(id));
if (wrong !== undefined) {
  console.error(`${wrong} is no promise: name them as R07, or name none to run all.`);
  process.exit(2);
}

const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
/** Tests that hold no promise by its id, but go fewer rounds in the ordinary suite as well: here they go all of them. */
const shortened = [
  "a lying device ",
  "ends it with ",
  "ClosingLines ",
  "one copy of the host",
  "within a minute of the install",
  "killed at any moment",
  "a signer's fault is found",
  "random messages and transactions give",
  "random transactions get",
];
const promises = `(^|\\s)(${ids.length > 0 ? ids.join("|") : "R\\d{2}"}): `;
const titles = [promises, ...(ids.length > 0 ? [] : shortened)].join("|");
const { status } = spawnSync(process.execPath, [vitest, "run", "--testNamePattern", titles], {
  stdio: "inherit",
  env: { ...process.env, [roundsVariable]: long ? "long" : "full" },
});
process.exit(status ?? 1);
