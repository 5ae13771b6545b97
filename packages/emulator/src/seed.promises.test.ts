import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { notRun } from "@sigil/testing/notRun";
import { figure, isFullRun } from "@sigil/testing/promises";
import { expect, test } from "vitest";
import { client } from "../test/client.js";
import { createEmulator } from "./index.js";

const program = fileURLToPath(new URL("../test/seededRun.ts", import.meta.url));
const asSource = ["--import", "tsx", "--conditions=@sigil/source", program];
const run = promisify(execFile);

/** What this Node prints, or another version's. */
async function hashOn(node: string | undefined, seed: string): Promise<string> {
  const command = node === undefined ? process.execPath : "npx";
  const before =
    node === undefined ? [] : ["-y", "-p", `node-${process.platform}-${process.arch}@${node}`, "--", "node"];
  // The runner's own options are not for a program of its own.
  const env = { ...process.env, NODE_OPTIONS: "" };
  const { stdout } = await run(command, [...before, ...asSource, seed], { env });
  return stdout.trim();
}

test("R55: with a seed the same calls give the same transcript, twice on this Node", async () => {
  const hashes = [
    await hashOn(undefined, "one"),
    await hashOn(undefined, "one"),
    await hashOn(undefined, "two"),
  ];
  expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(hashes[1]).toBe(hashes[0]);
  expect(hashes[2]).not.toBe(hashes[0]);
  figure("R55", `transcript ${hashes[0]?.slice(0, 16)}, twice on Node ${process.versions.node}`);
});

const versions = ["20", "22", "24"];
const how = "pnpm test:promises R55, on Linux, with a way to the npm registry";

if (isFullRun() && process.platform === "linux") {
  test.each(versions)("R55: the same transcript on Node %s, twice", { timeout: 300_000 }, async (node) => {
    const here = await hashOn(undefined, "one");
    expect([await hashOn(node, "one"), await hashOn(node, "one")]).toEqual([here, here]);
    figure("R55", `the same twice on Node ${node}`);
  });
} else notRun(`R55: the same transcript on Node ${versions.join(", ")}`, how);

test("behavior: without a seed nothing is the same", async () => {
  const ids = await Promise.all(
    [0, 1].map(async () => (await client(createEmulator()).session()).body.session_id),
  );
  expect(ids[0]).not.toBe(ids[1]);
});

test("behavior: the keys come from the seed, and another seed has others", () => {
  const keys = ["a", "a", "b"].map((seed) => {
    const { sp } = createEmulator({ seed });
    return [sp.apiKey, sp.privateKeySeed, sp.octanePublicKey];
  });
  expect(keys[1]).toEqual(keys[0]);
  for (const [at, key] of (keys[2] ?? []).entries()) expect(key).not.toBe(keys[0]?.[at]);
  expect(() => createEmulator({ seed: 7 as never })).toThrow("seed");
});
