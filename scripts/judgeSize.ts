import type { Size } from "./measureSize.js";
import type { Budget, Measure } from "./sizeBudgets.js";

const measures = ["own", "all"] as const;
/** How far below a budget the figure may be: more, and it could grow by that without anyone's notice. */
const slack = (budget: number): number => Math.max(500, budget / 10);

/** What about an entry's bundle is not as its budget says. */
export function judgeSize(name: string, size: Size, budget: Budget): readonly string[] {
  return [
    ...measures.flatMap((measure) => judgeBytes(name, measure, size[measure], budget)),
    ...judgeImports(size, budget),
    ...judgeContents(size, budget),
  ];
}

function judgeBytes(name: string, measure: Measure, bytes: number, budget: Budget): readonly string[] {
  const limit = budget[measure];
  const where = `\`${measure}\` of "${name}" in scripts/sizeBudgets.ts`;
  if (bytes > limit)
    return [
      `${bytes - limit} bytes over its budget: ${measure} has ${bytes}, and at most ${limit}. \`pnpm size --why ${name}\` lists what takes them. Take something out; or, if it is worth that, raise ${where} and give the reason in the commit.`,
    ];
  const isGoal = budget.goal?.of === measure && budget.goal.bytes === limit;
  if (bytes >= limit - slack(limit) || isGoal) return [];
  return [
    `has become smaller: ${measure} has ${bytes} bytes, of ${limit}. Lower ${where}, so that it stays so.`,
  ];
}

function judgeImports(size: Size, budget: Budget): readonly string[] {
  const expected = [...budget.imports].sort();
  const more = size.imports.filter((path) => !expected.includes(path)).map((path) => `+ ${path}`);
  const fewer = expected.filter((path) => !size.imports.includes(path)).map((path) => `- ${path}`);
  if (more.length + fewer.length === 0) return [];
  return [
    `imports other modules than are listed for it in scripts/sizeBudgets.ts: ${[...more, ...fewer].join(", ")}. If that is meant, change the list.`,
  ];
}

function judgeContents(size: Size, { runsOn, without }: Budget): readonly string[] {
  const nodes = runsOn === "node" ? [] : size.left.filter((path) => path.startsWith("node:"));
  const paths = [...size.files.map(([file]) => file), ...size.left];
  const unwanted = without === undefined ? [] : paths.filter((path) => without.test(path));
  return [
    ...nodes.map((path) => `imports ${path}, and has to run where there is no Node: find another way.`),
    ...size.globals.map(
      (global) => `uses ${global}, which only Node has: find another way, or look it up on globalThis.`,
    ),
    ...unwanted.map((path) => `has ${path} in it, which it has to do without: do not import it.`),
  ];
}
