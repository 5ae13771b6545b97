/**
 * Measures what each public entry adds to the program that imports it, and fails where that is more than its budget in
 * sizeBudgets.ts, or where the entry has something in it that it may not have. Needs a build. Prints a table; with
 * `--write` the README gets its own anew; with `--why ENTRY` the largest files of an entry are listed.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finish } from "./finish.js";
import { judgeSize } from "./judgeSize.js";
import { measureSize, type Size } from "./measureSize.js";
import { publicEntries } from "./publicEntries.js";
import { publicPackages } from "./publicPackages.js";
import { root } from "./run.js";
import { type Budget, sizeBudgets } from "./sizeBudgets.js";
import { readmeTable, sizeTable, withTable } from "./sizeTable.js";

const args = process.argv.slice(2);
const [option = "", wanted] = args;
if (args.length > 0 && option !== "--write" && option !== "--why") {
  console.error(`There is no ${option}: pnpm size [--write | --why ENTRY].`);
  process.exit(2);
}

const entries = publicEntries(publicPackages());
const names = entries.map(({ name }) => name);
if (option === "--why" && (wanted === undefined || !names.includes(wanted))) {
  console.error(`Name one of the entries: ${names.join(", ")}.`);
  process.exit(2);
}

const measured = await Promise.all(
  entries
    .filter(({ name }) => option !== "--why" || name === wanted)
    .map(async (entry) => {
      const budget: Budget | undefined = sizeBudgets[entry.name];
      return { name: entry.name, budget, size: await measureSize(entry, budget?.runsOn ?? "any") };
    }),
);

if (option === "--why") {
  for (const [file, bytes] of measured[0]?.size.files.slice(0, 40) ?? [])
    console.log(`${String(bytes).padStart(7)} ${file}`);
  console.log("Bytes before compression.");
} else {
  const rows = measured.flatMap(({ budget, ...row }) => (budget === undefined ? [] : [{ ...row, budget }]));
  console.log(
    "In bytes, minified, brotli. own: our code; all: with its dependencies. Peers are in neither.\n",
  );
  console.log(`${sizeTable(rows)}\n`);
  for (const { name, size, budget } of rows) finish(name, judgeSize(name, size, budget), []);
  const without = measured.filter(({ budget }) => budget === undefined);
  const gone = Object.keys(sizeBudgets).filter((name) => !names.includes(name));
  finish(
    "budgets",
    [...without.map(({ name, size }) => advice(name, size)), ...gone.map(noEntry)],
    [`each of ${rows.length} entries has one`],
  );
  checkReadme();
}

function advice(name: string, { own, all, imports }: Size): string {
  const figures = JSON.stringify({ own, all, imports });
  return `${name} has no budget: give it one in scripts/sizeBudgets.ts. It has ${figures}.`;
}

function noEntry(name: string): string {
  return `no package has the entry ${name}: take it out of scripts/sizeBudgets.ts.`;
}

function checkReadme(): void {
  const file = join(root, "README.md");
  const before = readFileSync(file, "utf8");
  const after = withTable(before, readmeTable(sizeBudgets));
  if (option === "--write") writeFileSync(file, after ?? before);
  const faults = [
    ...(after === undefined ? ["has no table of sizes: put <!-- sizes --> and <!-- /sizes --> in."] : []),
    ...(after !== before && option !== "--write"
      ? ["has other sizes than the budgets: pnpm size --write."]
      : []),
  ];
  finish("README.md", faults.slice(0, 1), ["has the budgets"]);
}
