import { figure, rounds } from "@sigil/testing/promises";
import { expect, test } from "vitest";
import { mintValidationCode } from "./mintValidationCode.js";

/** The 0.999 quantile of the chi-square distribution with 999 degrees of freedom: a fair draw is above it once in 1,000. */
const critical = 1_142.85;

/** How far the counts of the thousand values of three digits are from even. */
function chiSquare(codes: readonly string[], from: number): number {
  const counts = new Array<number>(1_000).fill(0);
  for (const code of codes) {
    const three = Number(code.slice(from, from + 3));
    counts[three] = (counts[three] ?? 0) + 1;
  }
  const even = codes.length / counts.length;
  return counts.reduce((sum, count) => sum + (count - even) ** 2 / even, 0);
}

const draw = (): string[] => Array.from({ length: rounds(100_000) }, mintValidationCode);

test("R49: codes are spread evenly, by their first three digits and by their last", () => {
  const reached = [0, 3].map((from) => {
    const first = chiSquare(draw(), from);
    // A fair draw is drawn again once in a thousand runs, and fails once in a million; what is uneven fails both times.
    return first < critical ? first : chiSquare(draw(), from);
  });
  for (const each of reached) expect(each).toBeLessThan(critical);
  const values = reached.map((each) => each.toFixed(0)).join(" and ");
  figure("R49", `chi-square ${values} over ${rounds(100_000)} codes, below ${critical} (p > 0.001)`);
});
