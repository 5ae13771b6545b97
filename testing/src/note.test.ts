import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { notesVariable } from "./note.js";

test("behavior: goes to stderr where no run collects it", () => {
  const source = `import { note } from ${JSON.stringify(new URL("./note.ts", import.meta.url).href)}; note("a\\nb");`;
  const args = ["--import", "tsx", "--input-type=module", "--eval", source];
  const env = { ...process.env, [notesVariable]: undefined };
  const { stderr } = spawnSync(process.execPath, args, { cwd: import.meta.dirname, encoding: "utf8", env });
  expect(stderr).toBe("note: a b\n");
});
