import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { notesVariable } from "../note.js";
import { startSolana } from "./startSolana.js";

const folder = mkdtempSync(join(tmpdir(), "sigil-start-"));

beforeEach(() => {
  // To stderr, else the closing lines of this very run would say it.
  vi.stubEnv(notesVariable, undefined);
  vi.stubEnv("SOLANA_TEST_VALIDATOR", undefined);
  vi.stubEnv("SIGIL_REQUIRE_VALIDATOR", undefined);
  vi.stubEnv("PATH", folder);
  return () => vi.unstubAllEnvs();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("default: litesvm where there is no validator", async () => {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const chain = await startSolana();
  await chain.stop();
  const lines = write.mock.calls.map(([line]) => line);
  write.mockRestore();
  expect(chain.kind).toBe("litesvm");
  expect(lines).toEqual([
    expect.stringMatching(/^note: the Solana tests ran on litesvm, not on solana-test/),
  ]);
});

test("behavior: fails where a validator is required and there is none", async () => {
  vi.stubEnv("SIGIL_REQUIRE_VALIDATOR", "1");
  await expect(startSolana()).rejects.toThrow(
    /^SIGIL_REQUIRE_VALIDATOR is set, but there is no solana-test-/,
  );
});

test("behavior: a validator that does not start is an error, not a reason for litesvm", async () => {
  vi.stubEnv("SOLANA_TEST_VALIDATOR", "/nowhere/validator");
  await expect(startSolana()).rejects.toThrow(/^\/nowhere\/validator does not start: .*ENOENT/);
});

test("behavior: rejects with the validator's own words when it exits first", async () => {
  const script = join(folder, "validator");
  writeFileSync(script, "#!/bin/sh\necho no such luck >&2\nexit 3\n", { mode: 0o755 });
  vi.stubEnv("SOLANA_TEST_VALIDATOR", script);
  await expect(startSolana()).rejects.toThrow(/exited before it was ready.*no such luck/s);
});
