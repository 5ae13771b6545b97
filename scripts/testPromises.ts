// Runs the tests of promises, and only those, at their full counts: `pnpm test:promises [--long] [--project NAME …] [R07 R20 …]`.

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { roundsVariable } from "../testing/src/promises.js";
import { titlesOf } from "./promiseTitles.js";

const { long, projects, ids } = read();

function read(): { long: boolean; projects: readonly string[]; ids: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      options: { long: { type: "boolean" }, project: { type: "string", multiple: true } },
      allowPositionals: true,
    });
    const wrong = positionals.find((id) => !/^[PR]\d{2}$/.test(id));
    if (wrong !== undefined)
      throw new Error(`${wrong} is no promise: name them as R07, or name none to run all.`);
    return { long: values.long ?? false, projects: values.project ?? [], ids: positionals };
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
// Only the files of these are loaded.
const only = projects.flatMap((name) => ["--project", name]);
const { status } = spawnSync(process.execPath, [vitest, "run", ...only, "--testNamePattern", titlesOf(ids)], {
  stdio: "inherit",
  env: { ...process.env, [roundsVariable]: long ? "long" : "full" },
});
process.exit(status ?? 1);
