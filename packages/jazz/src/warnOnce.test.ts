import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { build } from "vite";
import { expect, onTestFinished, test, vi } from "vitest";

const require = createRequire(import.meta.url);
const tsx = pathToFileURL(require.resolve("tsx")).href;

test("default: one line for a process, however many of its modules import it", async () => {
  const program = `
    await import("@sigil/jazz");
    await import("@sigil/jazz/pairing");
    await import("@sigil/jazz/adapter");
    await import("@sigil/jazz/node");
    await import("${new URL("./warnOnce.ts?another copy", import.meta.url).href}");`;
  const args = ["--conditions=@sigil/source", "--import", tsx, "--input-type=module", "--eval", program];
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd });
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^@sigil\/jazz is now called @sigil\/astrotrain: [^\n]+\n$/);
});

test("behavior: tests that load it anew hear it once, too", async () => {
  Reflect.deleteProperty(globalThis, Symbol.for("@sigil/jazz warned"));
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  onTestFinished(() => warn.mockRestore());
  for (let time = 0; time < 3; time += 1) {
    vi.resetModules();
    await import("./index.js");
  }
  expect(warn).toHaveBeenCalledOnce();
});

const own = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** A project with the package installed as it is published. @returns the project's folder */
function installed(): string {
  const project = mkdtempSync(join(tmpdir(), "sigil-jazz-"));
  onTestFinished(() => rmSync(project, { recursive: true, force: true }));
  const folder = join(project, "node_modules/@sigil/jazz");
  for (const name of ["index", "warnOnce", "pairing/index", "adapter/index", "node/index"]) {
    const { outputText } = ts.transpileModule(readFileSync(own(`src/${name}.ts`), "utf8"), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    const file = join(folder, "dist", `${name}.js`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, outputText);
  }
  const { publishConfig, ...manifest } = JSON.parse(readFileSync(own("package.json"), "utf8"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, ...publishConfig }));
  symlinkSync(own("../astrotrain"), join(folder, "../astrotrain"), "junction");
  return project;
}

test.each(["@sigil/jazz", "@sigil/jazz/pairing"])(
  "behavior: a bundle of Vite's that uses %s says it, too",
  async (entry) => {
    const root = installed();
    const page = join(root, "page.js");
    writeFileSync(page, `import { mintValidationCode } from "${entry}"; console.log(mintValidationCode());`);
    const bundled = await build({
      root,
      configFile: false,
      logLevel: "silent",
      resolve: { conditions: ["@sigil/source", "module", "browser"] },
      build: { write: false, rollupOptions: { input: page } },
    });
    expect(JSON.stringify(bundled)).toContain("@sigil/jazz is now called @sigil/astrotrain");
  },
);
