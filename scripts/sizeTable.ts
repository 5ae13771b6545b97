import type { Size } from "./measureSize.js";
import type { Budget } from "./sizeBudgets.js";

type Row = { readonly name: string; readonly size: Size; readonly budget: Budget };

// Rounded up: it says "at most".
const kB = (bytes: number): string => `${(Math.ceil(bytes / 100) / 10).toFixed(1)} kB`;

/** All that was measured, in Markdown. */
export function sizeTable(rows: readonly Row[]): string {
  const lines = rows.map(({ name, size, budget }) => [
    `\`${name}\``,
    String(size.own),
    String(size.all),
    `${budget.own} / ${budget.all}`,
    goalOf(size, budget),
  ]);
  return markdown(["entry", "own", "all", "budget", "goal"], lines);
}

function goalOf(size: Size, { goal }: Budget): string {
  if (goal === undefined) return "";
  const over = size[goal.of] - goal.bytes;
  return `${goal.of} ${goal.bytes}: ${over > 0 ? `missed by ${over}` : "met"}`;
}

/** What the README says: the budgets, which are never less than the figures, and stay where they are for longer. */
export function readmeTable(budgets: Readonly<Record<string, Budget>>): string {
  const shown = Object.entries(budgets).filter(([, { inReadme }]) => inReadme === true);
  return markdown(
    ["import", "its own code", "with its dependencies"],
    shown.map(([name, { own, all }]) => [`\`${name}\``, `≤ ${kB(own)}`, `≤ ${kB(all)}`]),
  );
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = `|${head.map((_, at) => (at === 0 ? "---" : "---:")).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

const markers = /(<!-- sizes -->\n)[\s\S]*?(<!-- \/sizes -->)/;

/** The README with the table between its markers, `undefined` where it has none. */
export const withTable = (readme: string, table: string): string | undefined =>
  markers.test(readme)
    ? readme.replace(markers, (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`)
    : undefined;
