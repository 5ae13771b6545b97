import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { isFullRun } from "./promises.js";

const here = dirname(fileURLToPath(import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

type Run = { readonly code: number | null; readonly lines: readonly string[] };

// In the package's own folder, where `vitest` resolves for the fixture as well.
const run = (files: Readonly<Record<string, string>>, config = "", command = "run"): Run => {
  mkdirSync(join(here, "../node_modules/.tmp"), { recursive: true });
  const folder = mkdtempSync(join(here, "../node_modules/.tmp/closing-"));
  folders.push(folder);
  const reporters = JSON.stringify(["default", join(here, "closingLines.ts")]);
  const written = {
    "vitest.config.ts": `export default { test: { reporters: ${reporters}, ${config} } };`,
    ...files,
  };
  for (const [name, text] of Object.entries(written)) writeFileSync(join(folder, name), text);
  const { status, stdout } = spawnSync(process.execPath, [vitest, command], {
    cwd: folder,
    encoding: "utf8",
  });
  return { code: status, lines: stdout.trimEnd().split("\n") };
};

const imports = 'import { describe, expect, test, beforeAll } from "vitest";\n';
const passing = `${imports} test("one", () => {});`;

let cases = 0;

/** Each starts a Vitest of its own, which takes two seconds: the ordinary run is content with every third. */
function startsVitest(title: string, body: () => void): void {
  cases += 1;
  if (isFullRun() || cases % 3 === 1) test(title, body);
}

describe("ClosingLines", () => {
  startsVitest("default: counts over all files", () => {
    const { code, lines } = run({
      "a.test.ts": `${passing} test.skip("two", () => {}); test.todo("three");`,
      "b.test.ts": `${imports} describe("x", () => { test("one", () => {}); describe.skip("y", () => { test("z"); }); });`,
    });
    expect(lines.at(-1)).toBe("2 passed, 0 failed, 3 skipped");
    expect(code).toBe(0);
  });

  startsVitest("behavior: a failed test fails the run", () => {
    const { code, lines } = run({ "a.test.ts": `${passing} test("two", () => expect(1).toBe(2));` });
    expect(lines.slice(-2)).toEqual([
      "failed: a.test.ts > two: expected 1 to be 2 // Object.is equality",
      "1 passed, 1 failed, 0 skipped",
    ]);
    expect(code).toBe(1);
  });

  startsVitest("behavior: counts what breaks outside of a test as failed", () => {
    const { code, lines } = run({
      "doesNotLoad.test.ts": `import "./missing.js";`,
      "hasNoTests.test.ts": `export {};`,
      "failsInHook.test.ts": `${imports} describe("x", () => { beforeAll(() => { throw new Error(); }); test("y", () => {}); });`,
      "rejectsUnhandled.test.ts": `${imports} test("late", async () => { Promise.reject(new Error("late")); await new Promise((r) => setTimeout(r, 50)); });`,
    });
    expect(lines.at(-1)).toBe("1 passed, 4 failed, 1 skipped");
    expect(lines.filter((line) => line.startsWith("failed: ")).sort()).toEqual([
      expect.stringContaining("doesNotLoad.test.ts: Cannot find module"),
      expect.stringContaining("failsInHook.test.ts > x: "),
      expect.stringContaining("hasNoTests.test.ts: "),
      "failed: not caught: late",
    ]);
    expect(code).toBe(1);
  });

  startsVitest("behavior: a worker that dies is a failure", () => {
    const { code, lines } = run({ "a.test.ts": `${passing} process.kill(process.pid, "SIGKILL");` });
    expect(lines.at(-1)).toMatch(/^0 passed, [1-9]\d* failed, \d+ skipped$/);
    expect(code).toBe(1);
  });

  startsVitest("behavior: no test files is a failure", () => {
    const { code, lines } = run({});
    expect(lines.at(-1)).toBe("0 passed, 1 failed, 0 skipped");
    expect(code).toBe(1);
  });

  startsVitest("behavior: a global setup that throws is a failure", () => {
    const files = { "a.test.ts": passing, "setup.ts": `export default () => { throw new Error("setup"); };` };
    const { code, lines } = run(files, `globalSetup: "setup.ts"`);
    expect(lines.at(-1)).toMatch(/^0 passed, 1 failed, \d+ skipped$/);
    expect(code).toBe(1);
  });

  startsVitest("behavior: stays last when teardown prints", () => {
    const setup = `export const teardown = () => new Promise((done) => setTimeout(() => done(console.log("torn down")), 50));`;
    const { code, lines } = run({ "a.test.ts": passing, "setup.ts": setup }, `globalSetup: "setup.ts"`);
    expect(lines.slice(-2)).toEqual(["torn down", "1 passed, 0 failed, 0 skipped"]);
    expect(code).toBe(0);
  });

  startsVitest("behavior: names each part that did not run, once", () => {
    const notRun = `import { notRun } from ${JSON.stringify(join(here, "notRun.ts"))};\n`;
    const browser = `${notRun} notRun("browser tests", "install\\nChromium");`;
    const { code, lines } = run({
      "a.test.ts": `${browser} ${passing}`,
      "b.test.ts": `${browser} ${imports} describe("x", () => notRun("other chain", "set RPC_URL"));`,
    });
    expect(lines.slice(-3)).toEqual([
      "not run: browser tests (to run it: install Chromium)",
      "not run: other chain (to run it: set RPC_URL)",
      "1 passed, 0 failed, 3 skipped",
    ]);
    expect(code).toBe(0);
  });

  startsVitest("behavior: says what was noted, once, and counts it as nothing", () => {
    const note = `import { note } from ${JSON.stringify(join(here, "note.ts"))};\n`;
    const inHook = `${note} ${imports} beforeAll(() => note("ran on\\na substitute")); test("one", () => {});`;
    const notRun = `import { notRun } from ${JSON.stringify(join(here, "notRun.ts"))}; notRun("part", "way");`;
    const { code, lines } = run({
      "a.test.ts": inHook,
      "b.test.ts": `${inHook} ${notRun}`,
      "c.test.ts": `${note} ${imports} note("at the top"); test("one", () => note("ran on a substitute"));`,
    });
    expect(lines.slice(-4, -2).sort()).toEqual(["note: at the top", "note: ran on a substitute"]);
    expect(lines.slice(-2)).toEqual(["not run: part (to run it: way)", "3 passed, 0 failed, 1 skipped"]);
    expect(code).toBe(0);
  });

  startsVitest("behavior: prints the figures of promises in their order, before the notes", () => {
    const tools = ["note", "promises"].map(
      (name) =>
        `import { ${name === "note" ? "note" : "figure"} } from ${JSON.stringify(join(here, `${name}.ts`))};`,
    );
    const { lines } = run({
      "a.test.ts": `${tools.join("\n")} ${imports} test("one", () => { note("a"); figure("R20", "0\\nlies"); figure("R07", "168"); });`,
    });
    expect(lines.slice(-4)).toEqual(["R07: 168", "R20: 0 lies", "note: a", "1 passed, 0 failed, 0 skipped"]);
  });

  startsVitest("behavior: counts type tests, and a wrong type fails", () => {
    const tsconfig = JSON.stringify({ compilerOptions: { strict: true, noEmit: true, skipLibCheck: true } });
    const types = `import { expectTypeOf, test } from "vitest";
      test("right", () => { expectTypeOf(1).toBeNumber(); });
      test("wrong", () => { expectTypeOf(1).toBeString(); });`;
    const files = { "a.test.ts": passing, "a.test-d.ts": types, "tsconfig.json": tsconfig };
    const { code, lines } = run(files, "typecheck: { enabled: true }");
    expect(lines.at(-1)).toBe("2 passed, 1 failed, 0 skipped");
    expect(code).toBe(1);
  });

  startsVitest("behavior: says nothing when no tests were to run", () => {
    const { code, lines } = run({ "a.test.ts": passing }, "", "list");
    expect(lines).toEqual(["a.test.ts > one"]);
    expect(code).toBe(0);
  });
});
