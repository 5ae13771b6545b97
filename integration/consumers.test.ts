import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { notRun } from "@sigil/testing/notRun";
import { isFullRun } from "@sigil/testing/promises";
import { openTerminal, type Terminal } from "@sigil/testing/terminal";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sigil-consumers-"));
const run = promisify(execFile);
const shell = process.platform === "win32";
const options = { shell, maxBuffer: 2 ** 26 } as const;

/** Each package as it would be published, by its name. */
const tarballs: Record<string, string> = {};

/** The pnpm that runs these tests, which saves npx looking for one each time, or else the pinned one. */
function pnpm(cwd: string, ...args: string[]): Promise<unknown> {
  const { npm_execpath: running = "" } = process.env;
  return running.includes("pnpm")
    ? run(process.execPath, [running, ...args], { ...options, cwd, shell: false })
    : run("npx", ["-y", "pnpm@10.34.9", ...args], { ...options, cwd });
}

beforeAll(async () => {
  await pnpm(root, "run", "build");
  const names = readdirSync(join(root, "packages"));
  await Promise.all(
    names.map((name) => pnpm(join(root, "packages", name), "pack", "--pack-destination", folder)),
  );
  for (const name of names) tarballs[`@sigil/${name}`] = `file:${join(folder, `sigil-${name}-0.0.0.tgz`)}`;
}, 240_000);

// Tens of thousands of files, which a busy disk takes its time for.
afterAll(() => rmSync(folder, { recursive: true, force: true }), 300_000);

type Tree = { readonly version?: string; readonly dependencies?: Readonly<Record<string, Tree>> };

/** Every package below, as name@version, as often as it is there. */
function installed({ dependencies = {} }: Tree): string[] {
  return Object.entries(dependencies).flatMap(([name, tree]) =>
    tree.version === undefined ? [] : [`${name}@${tree.version}`, ...installed(tree)],
  );
}

/** What is in the project of somebody who installs one adapter and its host, and nothing else. */
async function treeOf(adapter: string, host: string): Promise<readonly string[]> {
  const cwd = await install([adapter], host);
  const { stdout } = await run("npm", ["ls", "--all", "--json"], { ...options, cwd });
  return [...new Set(installed(JSON.parse(stdout) as Tree))];
}

/** A new folder in which somebody installed some of our packages, and a host. */
async function install(ours: readonly string[], host: string): Promise<string> {
  const cwd = mkdtempSync(join(folder, "project-"));
  const isAsked = ([name]: readonly [string, string]): boolean => ours.includes(name);
  const all = Object.entries(tarballs);
  const manifest = {
    private: true,
    dependencies: Object.fromEntries(all.filter(isAsked)),
    // Until the siblings are on a registry, npm is told where they are.
    overrides: Object.fromEntries(all.filter((each) => !isAsked(each))),
  };
  writeFileSync(join(cwd, "package.json"), JSON.stringify(manifest));
  await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", host], { ...options, cwd });
  return cwd;
}

const versionsOf = (packages: readonly string[], name: string): readonly string[] =>
  packages.filter((each) => each.startsWith(`${name}@`));

// Building and packing everything, and then npm, take a minute of one core.
if (isFullRun()) {
  describe("a fresh project with one packed adapter and its host", oneAdapter);
  describe("a fresh project with the command line", commandLine);
} else notRun("fresh projects with packed packages", "pnpm test:promises");

function oneAdapter(): void {
  const fresh = [
    ["@sigil/viem", "viem@2.57.1", /solana|ethers/],
    ["@sigil/ethers", "ethers@6.17.0", /solana|viem/],
    ["@sigil/solana", "@solana/kit@8.4.0", /web3\.js|ethers|viem|evm/],
    ["@sigil/solana", "@solana/web3.js@1.99.0", /kit|ethers|viem|evm/],
  ] as const;
  test.each(fresh)(
    "behavior: %s with %s: one copy of the host, and nothing of other chains",
    { timeout: 120_000 },
    async (adapter, host, foreign) => {
      const packages = await treeOf(adapter, host);
      expect(versionsOf(packages, host.replace(/@[^@]+$/, ""))).toEqual([host]);
      expect(versionsOf(packages, "@sigil/astrotrain")).toHaveLength(1);
      expect(packages.filter((each) => foreign.test(each))).toEqual([]);
    },
  );
}

/** Loaded into each process of a test before its own code: whoever leaves this machine is told so, and fails. */
const offline = `
  const { Socket } = require("node:net");
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function (...args) {
    const [{ host, path } = {}] = [args[0]].flat();
    const near = path !== undefined || [undefined, "localhost", "127.0.0.1", "::1"].includes(host);
    if (!near) throw new Error("left the machine for " + host);
    return connect.apply(this, args);
  };`;

/** The page's program for the emulator in another terminal. */
const quickstart = (): string => {
  const readme = readFileSync(join(root, "packages/cli/README.md"), "utf8");
  const [, code] = /^```js\n(\/\/ quickstart\.mjs.*?)^```$/ms.exec(readme) ?? [];
  if (code === undefined) throw new Error("packages/cli/README.md has no quickstart.mjs.");
  return code;
};

function commandLine(): void {
  test("behavior: a verified signature within a minute of the install, by sigil dev and the quickstart, offline", {
    timeout: 240_000,
  }, async () => {
    const cwd = await install(["@sigil/cli", "@sigil/viem"], "viem@2.57.1");
    writeFileSync(join(cwd, "quickstart.mjs"), quickstart());
    writeFileSync(join(cwd, "offline.cjs"), offline);
    const guarded = { NODE_OPTIONS: `--require=${join(cwd, "offline.cjs")}` };
    const open = (env: object, ...argv: [string, ...string[]]): Terminal => {
      const terminal = openTerminal(argv, { cwd, env: { ...guarded, ...env } });
      onTestFinished(() => terminal.kill());
      return terminal;
    };

    const leaving = open(
      {},
      "node",
      "-e",
      'fetch("http://192.0.2.1").catch((error) => console.log(error.cause.message))',
    );
    await leaving.until(/left the machine for 192\.0\.2\.1/);

    const begun = performance.now();
    const dev = open({}, "npx", "--no", "sigil", "dev", "--port", "0");
    await dev.until(/Ctrl-C ends the emulator/);
    const env = Object.fromEntries(
      [...dev.text().matchAll(/^(SIGIL_\w+)=(\S+)\r$/gm)].map(([, name, value]) => [name, value]),
    );
    const program = open(env, "node", "quickstart.mjs");
    const [link] = await program.until(/https:\/\/sigilvault\.xyz\/pair\?session=\S+&v=\d{6}/);
    dev.type(`${link}\r`);
    await program.until(/verified: true/);
    expect(await program.ended).toBe(0);
    expect((performance.now() - begun) / 1000).toBeLessThan(60);
    dev.type("\u0003");
    expect(await dev.ended).toBe(130);
  });
}
