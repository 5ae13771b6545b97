import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";

const require = createRequire(import.meta.url);
const tsx = pathToFileURL(require.resolve("tsx")).href;

test("default: one line for a process, however many of its modules import it", async () => {
  const program = `
    await import("@sigil/jazz");
    await import("@sigil/jazz/pairing");
    await import("@sigil/jazz/adapter");
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
