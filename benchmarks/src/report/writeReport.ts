import { readFileSync, writeFileSync } from "node:fs";

const readme = new URL("../../README.md", import.meta.url);

/** Puts a report between its two marker comments in the README. */
export function writeReport(name: string, report: string): void {
  const text = readFileSync(readme, "utf8");
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`benchmarks/README.md has no ${begin} … ${end}: put the two comments back.`);
  writeFileSync(readme, `${text.slice(0, from + begin.length)}\n\n${report}\n\n${text.slice(to)}`);
}
