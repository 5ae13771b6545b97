// Puts each mutant of `mutants/` into a copy of the repository, one at a time, and expects the tests that it names to
// fail: `pnpm test:mutants [names]`, where a part of a name is enough.

import { copyRepository, removeCopy } from "./copyRepository.js";
import { failsUnchanged, readMutants, tryMutant, type Verdict } from "./mutants.js";

const parts = process.argv.slice(2);
const all = readMutants();
const unknown = parts.filter((part) => !all.some(({ name }) => name.includes(part)));
if (unknown.length > 0) {
  console.error(
    `No mutant is named ${unknown.join(", ")}. There are:\n${all.map(({ name }) => name).join("\n")}`,
  );
  process.exit(2);
}
const mutants = all.filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)));

const copy = await copyRepository();
const verdicts: Verdict[] = [];
try {
  const broken = await failsUnchanged(mutants, copy);
  if (broken !== undefined) {
    console.error(`${broken}\nThese tests fail without a mutant: mend them first.`);
    process.exitCode = 1;
  } else {
    for (const mutant of mutants) {
      const verdict = await tryMutant(mutant, copy);
      verdicts.push(verdict);
      const { killed, seconds, how } = verdict;
      console.log(
        `${killed ? "killed  " : "SURVIVED"} ${seconds.toFixed(1).padStart(5)} s  ${mutant.name}: ${how}`,
      );
    }
    const killed = verdicts.filter((verdict) => verdict.killed).length;
    console.log(`${killed} of ${mutants.length} mutants killed`);
    if (killed < mutants.length) process.exitCode = 1;
  }
} finally {
  removeCopy(copy);
}
