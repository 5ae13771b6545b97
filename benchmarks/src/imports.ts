import { writeFileSync } from "node:fs";
import type { Goal } from "./goals.js";
import { type ImportTime, importTime } from "./importTime.js";
import { readOptions } from "./options.js";
import { goalTable } from "./report/goalTable.js";
import { table } from "./report/markdown.js";
import { writeReport } from "./report/writeReport.js";
import { rounded } from "./results.js";
import { say } from "./say.js";
import { type Estimate, estimate, randomFrom } from "./statistics.js";

/** What is imported, and what it is held against: what a user has imported anyway. */
type Import = {
  readonly name: string;
  readonly over: string | undefined;
  readonly bound: number | undefined;
};

const imports: readonly Import[] = [
  { name: "@sigil/astrotrain", over: undefined, bound: 25 },
  { name: "@sigil/astrotrain/pairing", over: undefined, bound: undefined },
  { name: "@sigil/viem", over: "viem", bound: 40 },
  { name: "@sigil/ethers", over: "ethers", bound: undefined },
  { name: "@sigil/solana", over: "@solana/kit", bound: 40 },
  { name: "@sigil/solana/web3js", over: "@solana/web3.js", bound: undefined },
  { name: "@turnkey/viem", over: "viem", bound: undefined },
  { name: "@privy-io/node", over: "viem", bound: undefined },
  { name: "@dfns/lib-viem", over: "viem", bound: undefined },
  { name: "@cubist-labs/cubesigner-sdk-viem", over: "viem", bound: undefined },
  { name: "@coinbase/cdp-sdk", over: "viem", bound: undefined },
  { name: "@turnkey/solana", over: "@solana/web3.js", bound: undefined },
  { name: "@solana/keychain-turnkey", over: undefined, bound: undefined },
];

const spawns = 20;

export type ImportFigures = Readonly<Record<string, { readonly wall: Estimate; readonly cpu: Estimate }>>;

/** Each in new processes, in turns; where there is a host library, what is added to it. */
export function measureImports(times: number, seed: number): ImportFigures {
  const taken = new Map<string, ImportTime[]>(imports.map(({ name }) => [name, []]));
  for (let at = 0; at < times; at += 1) {
    say(`import, spawn ${at + 1} of ${times}`);
    for (const { name, over } of imports) taken.get(name)?.push(added(name, over));
  }
  const random = randomFrom(seed);
  return Object.fromEntries(
    [...taken].map(([name, each]) => [
      name,
      {
        wall: estimate(
          each.map(({ wall }) => wall),
          random,
        ),
        cpu: estimate(
          each.map(({ cpu }) => cpu),
          random,
        ),
      },
    ]),
  );
}

/** The host is imported outside the timer, as users import it themselves. */
const added = (name: string, over: string | undefined): ImportTime =>
  importTime(over === undefined ? [] : [over], name);

export function importGoals(figures: ImportFigures): readonly Goal[] {
  return imports.flatMap(({ name, over, bound }) => {
    const median = figures[name]?.wall.median;
    if (bound === undefined || median === undefined) return [];
    const what =
      over === undefined ? `import of \`${name}\`` : `import of \`${name}\` over \`${over}\` alone`;
    return [
      { id: "P7", what, bound: `≤ ${bound} ms`, measured: `${rounded(median)} ms`, met: median <= bound },
    ];
  });
}

/** Measures what the packages take to import. */
export async function measureImportTimes(args: readonly string[]): Promise<void> {
  const { isFull, rounds, seed } = readOptions(args);
  const times = isFull ? spawns : rounds;
  const figures = measureImports(times, seed);
  const ms = ({ median, low, high }: Estimate): string =>
    `**${median.toFixed(0)}** (${low.toFixed(0)} to ${high.toFixed(0)})`;
  const lines = imports.flatMap(({ name, over }) => {
    const of = figures[name];
    return of === undefined ? [] : [[name, over ?? "Node", ms(of.wall), ms(of.cpu)]];
  });
  const report = [
    `Node ${process.version}, ${times} processes for each, in turns; seed ${seed}.`,
    table(["import", "over", "ms", "CPU ms"], lines, 2),
    goalTable(importGoals(figures)),
  ].join("\n\n");
  process.stdout.write(`${report}\n`);
  if (!isFull) return say("Nothing was written: figures are published with the usual settings only.");
  writeFileSync(new URL("../results/import.json", import.meta.url), `${JSON.stringify({ seed, figures })}\n`);
  writeReport("import", report);
}
