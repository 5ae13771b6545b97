/** A table whose first columns are text, so many of them, and the others numbers. */
export function table(
  head: readonly string[],
  lines: readonly (readonly string[])[],
  textColumns = 1,
): string {
  const rule = head.map((_, column) => (column < textColumns ? "---" : "--:"));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
