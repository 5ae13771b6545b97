import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { notRun } from "@sigil/testing/notRun";
import { isFullRun } from "@sigil/testing/promises";
import { openTerminal, type Terminal } from "@sigil/testing/terminal";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type PackedPackages, packPackages } from "./packPackages.js";
import { expectToPass } from "./runtimes/expectToPass.js";
import { fetchRuntime } from "./runtimes/fetchRuntime.js";
import { hosts } from "./runtimes/hosts.js";
import { nodes } from "./runtimes/Runtime.js";
import { transpile } from "./runtimes/transpile.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const run = promisify(execFile);
const options = { shell: process.platform === "win32", maxBuffer: 2 ** 26 } as const;

let packed: PackedPackages;

type Tree = { readonly version?: string; readonly dependencies?: Readonly<Record<string, Tree>> };

/** Every package below, as name@version, as often as it is there. */
function installed({ dependencies = {} }: Tree): string[] {
  return Object.entries(dependencies).flatMap(([name, tree]) =>
    tree.version === undefined ? [] : [`${name}@${tree.version}`, ...installed(tree)],
  );
}

/** What is in the project of somebody who installs one adapter and its host, and nothing else. */
async function treeOf(adapter: string, host: string, version: string): Promise<readonly string[]> {
  const cwd = await packed.install([adapter], { [host]: version });
  const { stdout } = await run("npm", ["ls", "--all", "--json"], { ...options, cwd });
  return [...new Set(installed(JSON.parse(stdout) as Tree))];
}

const versionsOf = (packages: readonly string[], name: string): readonly string[] =>
  packages.filter((each) => each.startsWith(`${name}@`));

// Building and packing everything, and then npm, take a minute of one core.
if (isFullRun()) {
  beforeAll(async () => {
    packed = await packPackages();
  }, 600_000);
  afterAll(() => packed?.remove());
  describe("a fresh project with one packed adapter and its host", oneAdapter);
  describe("a fresh project with all adapters", allAdapters);
  describe("a fresh project with the command line", commandLine);
} else notRun("fresh projects with packed packages", "pnpm test:promises");

function oneAdapter(): void {
  const fresh = [
    ["@sigil/viem", "viem", /solana|ethers/],
    ["@sigil/ethers", "ethers", /solana|viem/],
    ["@sigil/solana", "@solana/kit", /web3\.js|ethers|viem|evm/],
    ["@sigil/solana", "@solana/web3.js", /kit|ethers|viem|evm/],
  ] as const;
  test.each(fresh)(
    "behavior: %s with %s: one copy of the host, and nothing of other chains",
    { timeout: 120_000 },
    async (adapter, host, foreign) => {
      const version = hosts.pinned[host];
      const packages = await treeOf(adapter, host, version);
      expect(versionsOf(packages, host)).toEqual([`${host}@${version}`]);
      expect(versionsOf(packages, "@sigil/astrotrain")).toHaveLength(1);
      expect(packages.filter((each) => foreign.test(each))).toEqual([]);
    },
  );
}

const adapters = ["@sigil/viem", "@sigil/ethers", "@sigil/solana"] as const;

/** Each line is an entry with one of its names, as `require` and TypeScript look for them. */
const names = {
  "@sigil/astrotrain": "AstrotrainClient",
  "@sigil/astrotrain/adapter": "signVerified",
  "@sigil/astrotrain/pairing": "awaitPairResult",
  "@sigil/ethers": "SigilSigner",
  "@sigil/ethers/pairing": "awaitPairResult",
  "@sigil/evm": "signDigest",
  "@sigil/solana": "toSigilSigner",
  "@sigil/solana/pairing": "awaitPairResult",
  "@sigil/solana/web3js": "toSigilWallet",
  "@sigil/viem": "toSigilAccount",
  "@sigil/viem/pairing": "awaitPairResult",
} as const;

/** The types of the hosts are wanted, and each wrong line has to be found wrong, so that nothing is just `any`. */
const typed = `
  import { AstrotrainClient, pairing, toSigilAccount } from "@sigil/viem";
  import { SigilSigner } from "@sigil/ethers";
  import { toSigilSigner } from "@sigil/solana";
  import { toSigilWallet } from "@sigil/solana/web3js";
  import type { TransactionPartialSigner } from "@solana/kit";
  import type { PublicKey } from "@solana/web3.js";
  import type { Signer } from "ethers";
  import type { LocalAccount } from "viem";

  const client = new AstrotrainClient({ octaneUrl: "http://127.0.0.1:1", apiKey: "test-api-key", privateKeySeed: "" });
  const address = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
  export const account: LocalAccount = toSigilAccount({ client, address });
  export const signer: Signer = new SigilSigner({ client, address });
  export const kit: TransactionPartialSigner = toSigilSigner({ client, address });
  export const key: PublicKey = toSigilWallet({ client, address }).publicKey;
  export const codeOf = (error: unknown): string | undefined =>
    error instanceof pairing.PairError && error.kind === "http" ? error.code : undefined;
  // @ts-expect-error
  toSigilAccount({ address });
  // @ts-expect-error
  new SigilSigner({ client, address }).signMessage(1);
  // @ts-expect-error
  toSigilSigner({ client });
  // @ts-expect-error
  toSigilWallet({ client, address }).publicKey = "";`;

/** The oldest that viem takes as well, the newest 5, the one that this repository is checked with, and the newest. */
const typescripts = { oldest: "5.0.4", five: "5.9.3", ours: "6.0.3", newest: "7.0.2" } as const;

const tsconfig = (module: string, moduleResolution: string): string =>
  JSON.stringify({
    compilerOptions: {
      ...{ module, moduleResolution, noEmit: true, strict: true, target: "ES2022", types: [] },
      // The hosts' own types need newer ones than ours do.
      ...{ lib: ["ES2022", "DOM", "DOM.Iterable"], skipLibCheck: true },
    },
    files: ["typed.ts"],
  });

function allAdapters(): void {
  test.each(Object.entries(hosts))(
    "behavior: with the %s hosts that the adapters take, packed packages pair, sign and are verified",
    { timeout: 240_000 },
    async (_, versions) => {
      const files = await transpile("owner.ts", "smoke.ts", "program.ts");
      const cwd = await packed.install(adapters, versions, files);
      const { stdout } = await run("npm", ["ls", "--json"], { ...options, cwd });
      const { dependencies = {} } = JSON.parse(stdout) as Tree;
      const found = Object.keys(versions).map((name) => [name, dependencies[name]?.version]);
      expect(Object.fromEntries(found)).toEqual(versions);
      await expectToPass(process.execPath, ["program.js"], cwd);
    },
  );

  test(`behavior: packed packages are required on Node ${nodes[0]?.version}, and type-check from TypeScript ${typescripts.oldest} on`, {
    timeout: 400_000,
  }, async () => {
    const compilers = Object.entries(typescripts).map(([name, version]) => [
      `typescript-${name}`,
      `npm:typescript@${version}`,
    ]);
    const cwd = await packed.install([...adapters, "@sigil/astrotrain", "@sigil/evm"], {
      ...hosts.pinned,
      ...(Object.fromEntries(compilers) as Record<string, string>),
    });
    const required = `
      const names = ${JSON.stringify(names)};
      for (const [entry, name] of Object.entries(names)) console.log(entry, typeof require(entry)[name]);`;
    writeFileSync(join(cwd, "required.cjs"), required);
    const [oldest] = nodes;
    if (oldest === undefined) throw new Error("No Node is supported.");
    const programs = oldest.package === undefined ? [process.execPath] : [await fetchRuntime(oldest)];
    for (const program of programs) {
      const { stdout } = await run(program, ["required.cjs"], { cwd });
      expect(stdout.trim().split("\n")).toEqual(Object.keys(names).map((entry) => `${entry} function`));
    }

    writeFileSync(join(cwd, "typed.ts"), typed);
    writeFileSync(join(cwd, "tsconfig.node16.json"), tsconfig("Node16", "Node16"));
    writeFileSync(join(cwd, "tsconfig.bundler.json"), tsconfig("ESNext", "Bundler"));
    for (const [name, version] of Object.entries(typescripts)) {
      const tsc = join(cwd, `node_modules/typescript-${name}/bin/tsc`);
      for (const project of ["node16", "bundler"]) {
        const args = [tsc, "-p", `tsconfig.${project}.json`];
        const said = await run(process.execPath, args, { cwd }).then(
          ({ stdout }) => stdout,
          ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
        );
        expect({ version, project, said }).toEqual({ version, project, said: "" });
      }
    }
  });
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
    const cwd = await packed.install(["@sigil/cli", "@sigil/viem"], { viem: hosts.pinned.viem });
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
