import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { notRun } from "@sigil/testing/notRun";
import { isFullRun } from "@sigil/testing/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

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

afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Tree = { readonly version?: string; readonly dependencies?: Readonly<Record<string, Tree>> };

/** Every package below, as name@version, as often as it is there. */
function installed({ dependencies = {} }: Tree): string[] {
  return Object.entries(dependencies).flatMap(([name, tree]) =>
    tree.version === undefined ? [] : [`${name}@${tree.version}`, ...installed(tree)],
  );
}

/** What is in the project of somebody who installs one adapter and its host, and nothing else. */
async function install(adapter: string, host: string): Promise<readonly string[]> {
  const cwd = join(folder, `${adapter}-${host}`.replaceAll(/[@/]/g, "_"));
  mkdirSync(cwd);
  const manifest = {
    private: true,
    dependencies: { [adapter]: tarballs[adapter] },
    overrides: siblings(adapter),
  };
  writeFileSync(join(cwd, "package.json"), JSON.stringify(manifest));
  await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", host], { ...options, cwd });
  const { stdout } = await run("npm", ["ls", "--all", "--json"], { ...options, cwd });
  return [...new Set(installed(JSON.parse(stdout) as Tree))];
}

/** Until the siblings are on a registry, npm is told where they are. */
const siblings = (adapter: string): Record<string, string> =>
  Object.fromEntries(Object.entries(tarballs).filter(([name]) => name !== adapter));

const versionsOf = (packages: readonly string[], name: string): readonly string[] =>
  packages.filter((each) => each.startsWith(`${name}@`));

// Building and packing everything, and then npm, take a minute of one core.
if (!isFullRun()) notRun("fresh projects with one packed adapter and its host", "pnpm test:promises");
else
  describe("a fresh project with one packed adapter and its host", () => {
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
        const packages = await install(adapter, host);
        expect(versionsOf(packages, host.replace(/@[^@]+$/, ""))).toEqual([host]);
        expect(versionsOf(packages, "@sigil/astrotrain")).toHaveLength(1);
        expect(packages.filter((each) => foreign.test(each))).toEqual([]);
      },
    );
  });
