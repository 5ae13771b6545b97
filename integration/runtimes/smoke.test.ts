import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { note } from "@sigil/testing/note";
import { notRun } from "@sigil/testing/notRun";
import { isFullRun } from "@sigil/testing/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PackedPackages, packPackages } from "../packPackages.js";
import { bundleWorker } from "./bundleWorker.js";
import { emulate, expected, expectToPass, openRequests } from "./expectToPass.js";
import { fetchRuntime } from "./fetchRuntime.js";
import { hosts } from "./hosts.js";
import { bun, deno, nodes, type Runtime, titleOf, workerd } from "./Runtime.js";
import { startWorkerd } from "./startWorkerd.js";
import { transpile } from "./transpile.js";

test("default: pairs, signs with four hosts, is refused, aborts, hears of a revocation and ends by itself", async () => {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const program = fileURLToPath(new URL("program.ts", import.meta.url));
  const args = ["--conditions=@sigil/source", "--import", tsx, program];
  await expectToPass(process.execPath, args, fileURLToPath(new URL(".", import.meta.url)));
});

/** A runtime, how it is started, and what it has to say by itself on standard error. */
type Case = { readonly runtime: Runtime; readonly args: readonly string[]; readonly says: RegExp };

const silent = /^$/;
const cases: readonly Case[] = [
  ...nodes.map((runtime) => ({
    runtime,
    args: [],
    says: runtime.version.startsWith("20.") ? /^[^\n]* The Ed25519 Web Crypto API [^\n]*\n[^\n]*\n$/ : silent,
  })),
  { runtime: bun, args: [], says: silent },
  {
    runtime: deno,
    // Nothing is allowed but octane, and two variables that ethers' ws looks for.
    args: [
      ...["run", "--no-prompt", "--no-remote", "--no-lock", "--allow-net=127.0.0.1"],
      "--allow-env=WS_NO_BUFFER_UTIL,WS_NO_UTF_8_VALIDATE",
    ],
    // web3.js imports it.
    says: /^[^\n]* The `punycode` module is deprecated\.[^\n]*\n$/,
  },
];

// Where the registry has a runtime for this platform, the full run fetches it, and fails if it can't.
const can = ({ package: name }: Runtime): boolean => isFullRun() && name !== undefined;
const missing = [...cases.map(({ runtime }) => runtime), workerd].filter((each) => !can(each));
const how = "pnpm test:promises, on Linux or macOS, x64 or arm64, with a way to the npm registry";
if (missing.length > 0) notRun(`the packed packages on ${missing.map(titleOf).join(", ")}`, how);
if (isFullRun()) describe("packed", packedSuite);

function packedSuite(): void {
  let packed: PackedPackages;
  let project: string;

  beforeAll(async () => {
    packed = await packPackages();
    const files = await transpile("owner.ts", "smoke.ts", "program.ts", "worker.ts");
    project = await packed.install(["@sigil/viem", "@sigil/ethers", "@sigil/solana"], hosts.pinned, files);
  }, 600_000);
  afterAll(() => packed?.remove());

  test.each(
    cases.filter(({ runtime }) => can(runtime)).map((each) => [titleOf(each.runtime), each] as const),
  )(
    "behavior: the smoke suite passes on %s",
    { timeout: 300_000 },
    async (title, { runtime, args, says }) => {
      const program = await fetchRuntime(runtime);
      const { stdout } = await promisify(execFile)(program, ["--version"]);
      expect(stdout).toContain(runtime.version);
      expect(await expectToPass(program, [...args, "program.js"], project)).toMatch(says);
      note(`the smoke suite passed on ${title}`);
    },
  );

  if (!can(workerd)) return;
  test(`behavior: the smoke suite passes on ${titleOf(workerd)}`, { timeout: 300_000 }, async () => {
    const emulated = await emulate();
    const bundle = await bundleWorker(project, "worker.js");
    const worker = await startWorkerd(await fetchRuntime(workerd), project, bundle);
    const response = await fetch(worker.url, { method: "POST", body: JSON.stringify(emulated.setup) });
    expect(await response.json()).toEqual(expected);
    // A connection that is kept for the next call is no call.
    await expect.poll(() => openRequests(emulated)).toEqual([]);
    expect(await worker.stop()).toBe("");
    await expect.poll(emulated.sockets).toBe(0);
    note(`the smoke suite passed on ${titleOf(workerd)}`);
  });
}
