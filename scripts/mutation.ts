import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root, tryRun } from "./run.js";

/** What is mutated, and the tests that are to notice. Names of files, from the repository's root. */
export type Room = {
  readonly name: "transport" | "SSE" | "pairing" | "verification";
  readonly tests: keyof typeof suites;
  readonly files: readonly string[];
};

const core = "packages/astrotrain/src";

/** What goes many rounds, waits for real time or makes keys for every test is not run for each of some thousand mutants. */
const quick = "!(*.promises|*.fuzz).test.ts";

/** The tests nearest to what is mutated: with all that touch it, each mutant takes ten times as long. */
const suites = {
  transport: [
    `${core}/transport/${quick}`,
    `${core}/badInput.test.ts`,
    `${core}/signing/lostAnswers.test.ts`,
  ],
  SSE: [`${core}/transport/{frames,frames.splits.fuzz,waitForFrame,resuming.promises}.test.ts`],
  pairing: [
    `${core}/{pairing,wire}/${quick}`,
    `${core}/{badInput,messages}.test.ts`,
    `${core}/signing/{AstrotrainClient,lostAnswers}.test.ts`,
  ],
  answers: [`${core}/adapter/${quick}`, `${core}/signing/{AstrotrainClient,checkSignResult}.test.ts`],
  evm: ["packages/evm/src/{verifySecp256k1,wycheproof,signDigest}.test.ts"],
  ed25519: [`${core}/signing/ed25519/*.test.ts`],
  solana: ["packages/solana/src/internal/strictVerifier.test.ts"],
} as const;

export const rooms: readonly Room[] = [
  {
    name: "transport",
    tests: "transport",
    files: [`${core}/transport/!(frames|waitForFrame|*.test).ts`],
  },
  { name: "SSE", tests: "SSE", files: [`${core}/transport/{frames,waitForFrame}.ts`] },
  { name: "pairing", tests: "pairing", files: [`${core}/{pairing,wire}/!(*.test).ts`] },
  {
    name: "verification",
    tests: "answers",
    files: [`${core}/signing/checkSignResult.ts`, `${core}/adapter/signVerified.ts`],
  },
  {
    name: "verification",
    tests: "ed25519",
    files: [`${core}/signing/ed25519/!(*.test).ts`],
  },
  {
    name: "verification",
    tests: "evm",
    files: [
      "packages/evm/src/{verifySecp256k1,verifyKnowing,parityInJavaScript,KnownKeys,Candidate,addressOf}.ts",
    ],
  },
  { name: "verification", tests: "solana", files: ["packages/solana/src/internal/strictVerifier.ts"] },
];

/** One change that Stryker made, and what became of it. */
type MutantResult = {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
};

/** How many mutants of a room there were, and those that no test noticed, as `file:line:column: replacement`. */
export type Score = { readonly killed: number; readonly all: number; readonly survivors: readonly string[] };

/** Mutates every file of these rooms, one change at a time, and counts what the tests notice. */
export async function mutate(chosen: readonly Room[]): Promise<ReadonlyMap<Room["name"], Score>> {
  const scores = new Map<Room["name"], Score>();
  for (const room of chosen) {
    const { killed, all, survivors } = await runStryker(room);
    const before = scores.get(room.name) ?? { killed: 0, all: 0, survivors: [] };
    scores.set(room.name, {
      killed: before.killed + killed,
      all: before.all + all,
      survivors: [...before.survivors, ...survivors],
    });
  }
  return scores;
}

async function runStryker({ tests, files }: Room): Promise<Score> {
  const folder = mkdtempSync(join(tmpdir(), "sigil-mutation-"));
  const report = join(folder, "report.json");
  const config = join(folder, "stryker.json");
  const base = JSON.parse(readFileSync(join(root, "stryker.config.json"), "utf8")) as object;
  writeFileSync(config, JSON.stringify({ ...base, mutate: files, jsonReporter: { fileName: report } }));
  const require = createRequire(import.meta.url);
  const stryker = join(dirname(require.resolve("@stryker-mutator/core/package.json")), "bin/stryker.js");
  try {
    const env = { ...process.env, SIGIL_MUTATION_TESTS: suites[tests].join(";") };
    const { stdout, stderr } = await tryRun(process.execPath, [stryker, "run", config], { cwd: root, env });
    if (!existsSync(report)) throw new Error(`Stryker made no report:\n${stdout.slice(-4_000)}${stderr}`);
    return scoreOf(JSON.parse(readFileSync(report, "utf8")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A mutant that does not end is noticed as well; one that does not compile, or is left out on purpose, is none. */
function scoreOf(report: { files: Readonly<Record<string, { mutants: readonly MutantResult[] }>> }): Score {
  const all = Object.entries(report.files).flatMap(([file, { mutants }]) =>
    mutants.map((mutant) => ({ file, ...mutant })),
  );
  const killed = all.filter(({ status }) => status === "Killed" || status === "Timeout");
  const survived = all.filter(({ status }) => status === "Survived" || status === "NoCoverage");
  return {
    killed: killed.length,
    all: killed.length + survived.length,
    survivors: survived.map(
      ({ file, location: { start }, mutatorName, replacement = "" }) =>
        `${file}:${start.line}:${start.column} ${mutatorName}: ${replacement.replace(/\s+/g, " ").slice(0, 160)}`,
    ),
  };
}
