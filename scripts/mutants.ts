import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ended, root, runVitest, timedOut, tryRun } from "./run.js";

/** A fault that someone could make in the sources, as a patch, and the tests that have to notice it. */
export type Mutant = {
  readonly name: string;
  readonly file: string;
  /** What the patch makes of the code, in a sentence. */
  readonly what: string;
  /** What `vitest run` is given. */
  readonly killedBy: readonly string[];
};

/** `how` says more where a mutant was not killed. */
export type Verdict = {
  readonly mutant: Mutant;
  readonly killed: boolean;
  readonly seconds: number;
  readonly how: string;
};

const limitMs = 60_000;

/** The mutants in a folder, in the order of their names: `NN-name.patch`, each with a head of `Mutant:` and `Killed-by:`. */
export function readMutants(folder: string = join(root, "mutants")): readonly Mutant[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".patch"))
    .sort()
    .map((file) => readMutant(join(folder, file), file.replace(/\.patch$/, "")));
}

function readMutant(file: string, name: string): Mutant {
  const [head = ""] = readFileSync(file, "utf8").split(/^(?:diff --git|---) /m);
  const field = (key: string): string => {
    const [, value] = new RegExp(`^${key}: (.+)$`, "m").exec(head) ?? [];
    if (value === undefined) throw new Error(`${name}.patch has no line "${key}: …" above its diff.`);
    return value.trim();
  };
  return { name, file, what: field("Mutant"), killedBy: field("Killed-by").split(/\s+/) };
}

/**
 * Whether the tests of these mutants pass in a copy as it is. Where they don't, their failing under a mutant would say
 * nothing.
 *
 * @returns the tests that fail, or what the run wrote when it did not get so far.
 */
export async function failsUnchanged(mutants: readonly Mutant[], copy: string): Promise<string | undefined> {
  const pick = ({ killedBy }: Mutant): string | undefined =>
    pairs(killedBy).find((arg) => arg.startsWith("--testNamePattern "));
  // One run for all that pick the same tests by their title, which holds for a whole run.
  for (const picked of new Set(mutants.map(pick))) {
    const group = mutants.filter((mutant) => pick(mutant) === picked);
    const args = [...new Set(group.flatMap(({ killedBy }) => pairs(killedBy)))].flatMap((arg) =>
      arg.split(" "),
    );
    const { failures, ran, ended } = await runTests(args, copy, 10 * limitMs);
    if (ended.code === 0 && ran > 0) continue;
    if (failures.length > 0) return failures.join("\n");
    // A run with nothing to do ends well, and says nothing.
    return `${ran} tests ran of vitest run ${args.join(" ")}\n${ended.stdout}${ended.stderr}`;
  }
  return undefined;
}

/** Options stay with their values, so that each is given once. */
function pairs(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, at) => {
    if (args[at - 1]?.startsWith("--")) return [];
    return arg.startsWith("--") ? [`${arg} ${args[at + 1]}`] : [arg];
  });
}

/** Applies one mutant in a copy of the repository, runs its tests, and takes it back. */
export async function tryMutant(mutant: Mutant, copy: string): Promise<Verdict> {
  const startedAt = performance.now();
  const verdict = (killed: boolean, how: string): Verdict => {
    return { mutant, killed, how, seconds: (performance.now() - startedAt) / 1000 };
  };
  const applied = await apply(mutant, copy);
  if (applied.code !== 0) return verdict(false, `stale mutant: remake it. ${applied.stderr.trim()}`);
  const { failures, ran, ended } = await runTests([...mutant.killedBy, "--bail", "1"], copy, limitMs);
  const { code, stderr } = await apply(mutant, copy, "--reverse");
  if (code !== 0) throw new Error(`${mutant.name} cannot be taken back: ${stderr}`);
  if (ended.code === timedOut) return verdict(false, `no verdict within ${limitMs / 1000} s`);
  const [failure] = failures;
  if (failure !== undefined) return verdict(true, failure);
  // Code that does not even load is not what the tests are there to find.
  return verdict(false, ran > 0 ? `survived ${ran} tests` : `no test ran:\n${ended.stdout}${ended.stderr}`);
}

const apply = ({ file }: Mutant, copy: string, ...options: readonly string[]): Promise<Ended> =>
  tryRun("git", ["apply", "--whitespace=nowarn", ...options, file], { cwd: copy });

/**
 * Why a mutant does not apply to the code in a folder, which stays as it is, or which of its tests are not there;
 * `undefined` where all is as it says.
 */
export async function staleness(mutant: Mutant, folder: string): Promise<string | undefined> {
  const { code, stderr } = await apply(mutant, folder, "--check");
  return code === 0 ? missingTests(mutant, folder) : `stale mutant: remake it. ${stderr.trim()}`;
}

/** A test that was moved or retitled is not run, and notices nothing. */
function missingTests({ killedBy }: Mutant, folder: string): string | undefined {
  const given = pairs(killedBy).map((arg) => arg.split(" "));
  const value = (option: string): string | undefined => given.find(([name]) => name === option)?.[1];
  const project = value("--project");
  const files = given.flatMap(([file = "", option]) => (option === undefined ? [file] : []));
  const title = value("--testNamePattern") ?? "";
  const paths = files.map((file) => (project === "promises" ? join("integration/promises", file) : file));
  const gone = paths.find((path) => !existsSync(join(folder, path)));
  if (gone !== undefined) return `Killed-by: there is no ${gone}`;
  return paths.some((path) => readFileSync(join(folder, path), "utf8").includes(title))
    ? undefined
    : `Killed-by: no test is titled ${title} in ${files.join(" ")}`;
}

/** The titles of the tests that failed, and how many ran in all. */
type TestRun = { readonly failures: readonly string[]; readonly ran: number; readonly ended: Ended };

async function runTests(args: readonly string[], copy: string, timeoutMs: number): Promise<TestRun> {
  const folder = mkdtempSync(join(tmpdir(), "sigil-mutant-"));
  const report = join(folder, "report.json");
  try {
    // A slow machine must not look like a mutant that was noticed.
    const options = [...args, "--testTimeout=20000", "--reporter=json", `--outputFile=${report}`];
    const ended = await runVitest(options, { cwd: copy, timeoutMs });
    const tests = readReport(report).testResults.flatMap(({ assertionResults }) => assertionResults);
    const failures = tests.filter(({ status }) => status === "failed").map(({ fullName }) => fullName);
    const passed = tests.filter(({ status }) => status === "passed").length;
    return { failures, ran: failures.length + passed, ended };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Report = {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
};

function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Report;
  } catch {
    return { testResults: [] }; // The run ended before it could write one.
  }
}
