import { sections } from "./Check.js";
import type { CheckReport, Report } from "./Report.js";

const marks = { held: "✓", broken: "✗", untried: "–" } as const;

/**
 * A report as a table for people: by section, and at the end `N hold, N broken, N not tried`. Control characters that
 * octane sent are left out, so that it cannot steer the terminal.
 */
export function reportText(report: Report): string {
  const width = Math.max(0, ...report.checks.map(({ id }) => id.length));
  const parts = sections.map((section) => {
    const lines = report.checks.filter((line) => line.section === section);
    return lines.length === 0 ? [] : [section, ...lines.flatMap((line) => rowOf(line, width)), ""];
  });
  const { hold, broken, not_tried } = report;
  return [...parts.flat(), `${hold} hold, ${broken} broken, ${not_tried} not tried`]
    .map(printable)
    .join("\n");
}

function rowOf(line: CheckReport, width: number): readonly string[] {
  const indent = " ".repeat(width + 6);
  const row = `  ${marks[line.verdict]} ${line.id.padEnd(width)}  ${line.rule}`;
  if (line.verdict === "broken") {
    return [row, `${indent}expected: ${line.expected}`, `${indent}came:     ${line.came}`];
  }
  return line.verdict === "untried" ? [row, `${indent}not tried: ${line.why}`] : [row];
}

function printable(text: string): string {
  return text.replace(/\p{C}+/gu, " ");
}
