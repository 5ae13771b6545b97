import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Reporter, SerializedError, TestCase, TestModule, Vitest } from "vitest/node";
import { notesVariable } from "./note.js";
import type { NotRun } from "./notRun.js";

type Counts = { passed: number; failed: number; skipped: number };

/**
 * Ends a run with the figures of promises (see `figure`), what the tests noted (see `note`), one line for each part that did not run (see `notRun`) and
 * for each failure, then, as the very last line, `N passed, N failed, N skipped`: tests of all projects, type tests too. "todo" counts as skipped.
 * A file, hook or unhandled error counts as a failure of its own, since no test shows it.
 */
export default class ClosingLines implements Reporter {
  #watching = false;
  #started = false;
  #counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  #failures: readonly string[] = [];
  #notRun: readonly string[] = [];
  #notes: string | undefined;

  onInit(vitest: Vitest): void {
    this.#notes = join(mkdtempSync(join(tmpdir(), "sigil-notes-")), "notes.txt");
    process.env[notesVariable] = this.#notes; // Workers start later and inherit it.
    this.#watching = vitest.config.watch;
    // Reporters end side by side, and coverage, teardown and time-outs print after them: only "exit" is last.
    if (!this.#watching) process.on("exit", (code) => this.#onExit(code));
  }

  onTestRunStart(): void {
    this.#started = true;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    this.#failures = [
      ...modules.flatMap(failuresOf),
      ...unhandledErrors.map((error) => line("not caught", error)),
    ];
    this.#counts = { ...count(modules), failed: this.#failures.length };
    this.#notRun = notRunLines(modules);
    if (this.#watching) this.#print(readNotes(this.#notes));
  }

  #onExit(code: number): void {
    const notes = readNotes(this.#notes);
    if (this.#notes !== undefined) rmSync(dirname(this.#notes), { recursive: true, force: true });
    if (!this.#started && code === 0) return; // For example `vitest list`.
    // Vitest fails for reasons that are no test's (no files, coverage): the line must not look green.
    if (code !== 0 && this.#counts.failed === 0) this.#counts.failed = 1;
    if (this.#counts.failed > 0 && code === 0) process.exitCode = 1;
    this.#print(notes);
  }

  #print(notes: readonly string[]): void {
    const { passed, failed, skipped } = this.#counts;
    const last = `${passed} passed, ${failed} failed, ${skipped} skipped`;
    process.stdout.write(`${[...notes, ...this.#notRun, ...this.#failures, last].join("\n")}\n`);
  }
}

// Each once, though every test file may have noted it; the figures of promises in their order, before the rest.
function readNotes(file: string | undefined): readonly string[] {
  try {
    return [
      ...new Set(
        readFileSync(file ?? "", "utf8")
          .trimEnd()
          .split("\n"),
      ),
    ].sort((a, b) => (rank(a) < rank(b) ? -1 : Number(rank(a) > rank(b))));
  } catch {
    return []; // Nobody noted anything.
  }
}

/** The id of a promise, or what sorts after all of them: the sort is stable. */
const rank = (line: string): string => /^[PR]\d+(?=:)/.exec(line)?.[0] ?? "~";

function count(modules: readonly TestModule[]): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) for (const test of module.children.allTests()) counts[outcome(test)] += 1;
  return counts;
}

// A test still pending at the end was cut off: by a bail, an interrupt, or an error counted elsewhere.
function outcome(test: TestCase): keyof Counts {
  const { state } = test.result();
  return state === "pending" ? "skipped" : state;
}

// Its tests, then the module and its suites that failed by themselves: at import, in a hook, or for having no tests.
function failuresOf(module: TestModule): readonly string[] {
  const tests = [...module.children.allTests("failed")].map((test) => {
    return line(`${module.relativeModuleId} > ${test.fullName}`, test.result().errors?.[0]);
  });
  const suites = [...module.children.allSuites()].map((suite) => ({
    name: `${module.relativeModuleId} > ${suite.fullName}`,
    errors: suite.errors(),
  }));
  const broken = [{ name: module.relativeModuleId, errors: module.errors() }, ...suites]
    .filter(({ errors }) => errors.length > 0)
    .map(({ name, errors }) => line(name, errors[0]));
  if (tests.length + broken.length > 0 || module.state() !== "failed") return [...tests, ...broken];
  return [line(module.relativeModuleId, undefined)];
}

// What failed and how it begins to say why: the whole is further up.
function line(what: string, error: { readonly message?: unknown } | undefined): string {
  const [why = ""] = stripVTControlCharacters(String(error?.message ?? "no error was told")).split("\n");
  return `failed: ${what}: ${why.slice(0, 300)}`.replace(/\s+/g, " ");
}

function notRunLines(modules: readonly TestModule[]): readonly string[] {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const parts = tests.map((test) => test.meta().notRun).filter((part) => part !== undefined);
  return [...new Set(parts.map(toLine))];
}

// One line each, whatever the caller wrote.
function toLine({ part, how }: NotRun): string {
  return `not run: ${part} (to run it: ${how})`.replace(/\s+/g, " ");
}
