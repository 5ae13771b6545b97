import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

// A small copy of the repository's shape, with one file for each import that the table must forbid or allow.
const root = fileURLToPath(new URL("..", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "sigil-imports-"));
const a = "packages/astrotrain/src";
const e = "packages/emulator/src";

const forbidden: readonly (readonly [rule: string, file: string, specifier: string])[] = [
  [`${a}/encoding`, `${a}/encoding/x1.ts`, "../errors/index.js"],
  [`${a}/errors`, `${a}/errors/x1.ts`, "../wire/index.js"],
  [`${a}/internal`, `${a}/internal/x1.ts`, "../transport/index.js"],
  [`${a}/wire`, `${a}/wire/x1.ts`, "../transport/index.js"],
  [`${a}/transport`, `${a}/transport/x1.ts`, "../wire/index.js"],
  [`${a}/pairing`, `${a}/pairing/x1.ts`, "../signing/index.js"],
  [`${a}/pairing`, `${a}/pairing/x2.ts`, "@noble/ed25519"],
  [`${a}/signing`, `${a}/signing/x1.ts`, "@noble/curves"],
  [`${a}/node`, `${a}/node/x1.ts`, "../transport/index.js"],
  ["portable", `${a}/x1.ts`, "node:fs"],
  ["portable", `${e}/octane/x1.ts`, "node:crypto"],
  ["packages/evm/src", "packages/evm/src/x1.ts", "viem"],
  ["packages/evm/src", "packages/evm/src/x2.ts", "@sigil/astrotrain/pairing"],
  ["packages/viem/src", "packages/viem/src/x1.ts", "@noble/curves"],
  ["packages/viem/src", "packages/viem/src/x2.ts", "@sigil/emulator"],
  ["packages/astrotrain/src/adapter", "packages/astrotrain/src/adapter/x1.ts", "../transport/index.js"],
  ["packages/ethers/src", "packages/ethers/src/x1.ts", "viem"],
  ["packages/solana/src/kit", "packages/solana/src/kit/x1.ts", "@solana/web3.js"],
  ["packages/solana/src/web3js", "packages/solana/src/web3js/x1.ts", "@solana/kit"],
  ["packages/solana/src/internal", "packages/solana/src/internal/x1.ts", "@solana/kit"],
  ["packages/server/src", "packages/server/src/x1.ts", "viem"],
  ["packages/server/src", "packages/server/src/session/x1.ts", "@sigil/emulator"],
  ["packages/server/src", "packages/server/src/store/x1.ts", "@hono/node-server"],
  ["portable", "packages/server/src/x2.ts", "node:http"],
  ["packages/server/src/node", "packages/server/src/node/x1.ts", "@sigil/astrotrain"],
  ["packages/cli/src", "packages/cli/src/x1.ts", "viem"],
  ["packages/cli/src", "packages/cli/src/x2.ts", "@sigil/viem"],
  ["packages/jazz-react/src", "packages/jazz-react/src/x1.tsx", "@sigil/astrotrain"],
  ["packages/jazz-react/src", "packages/jazz-react/src/x2.ts", "@sigil/server"],
  ["portable", "packages/jazz-react/src/x3.tsx", "node:fs"],
  ["packages-by-name", "packages/viem/src/x3.ts", "../../astrotrain/src/index.js"],
  ["packages-by-name", "packages/viem/src/x4.test.ts", "../../astrotrain/src/wire/index.js"],
  ["packages-by-name-outside", "demo/src/x1.ts", "../../packages/viem/src/index.js"],
  ["resolvable", "packages/viem/src/x5.ts", "@sigil/astrotrain/src/wire/index.js"],
  ["emulator-is-independent", `${e}/x1.ts`, "@sigil/astrotrain"],
  ["octane-sees-no-appliance", `${e}/octane/x2.ts`, "../appliance/index.js"],
  ["appliance-sees-no-octane", `${e}/appliance/x1.ts`, "../octane/index.js"],
  ["testing-is-neutral", "testing/src/x1.ts", "@sigil/viem"],
  ["no-tests-in-sources", `${a}/x2.ts`, "./x3.test.js"],
  ["no-cycles", `${a}/wire/x2.ts`, "./x2.js"],
];

const allowed: readonly (readonly [file: string, specifier: string])[] = [
  [`${a}/wire/o1.ts`, "../encoding/index.js"],
  [`${a}/wire/o2.ts`, "./index.js"],
  [`${a}/transport/o1.ts`, "eventsource-parser"],
  [`${a}/pairing/o1.ts`, "../wire/index.js"],
  [`${a}/signing/o1.ts`, "@noble/ed25519"],
  [`${a}/node/o1.ts`, "node:http"],
  [`${e}/node/o1.ts`, "node:http"],
  [`${e}/octane/o1.ts`, "../link/index.js"],
  ["packages/evm/src/o1.ts", "@noble/hashes"],
  ["packages/evm/src/o2.ts", "@sigil/astrotrain"],
  ["packages/viem/src/o1.ts", "viem"],
  ["packages/evm/src/o9.ts", "@sigil/astrotrain/adapter"],
  ["packages/ethers/src/o1.ts", "ethers"],
  ["packages/solana/src/kit/o1.ts", "@solana/kit"],
  ["packages/solana/src/web3js/o1.ts", "@solana/web3.js"],
  ["packages/solana/src/internal/o1.ts", "@noble/ed25519"],
  ["packages/viem/src/o2.ts", "@sigil/astrotrain/pairing"],
  ["packages/viem/src/o3.ts", "@sigil/evm"],
  ["packages/viem/src/o4.test.ts", "@sigil/emulator/node"],
  ["packages/viem/src/o5.test.ts", "node:fs"],
  ["packages/jazz-react/src/o1.tsx", "@sigil/astrotrain/pairing"],
  ["packages/jazz-react/src/o2.tsx", "react"],
  ["packages/jazz-react/src/o3.test.ts", "@sigil/server"],
  ["packages/server/src/session/o1.ts", "@sigil/astrotrain/pairing"],
  ["packages/server/src/sign/o1.ts", "@sigil/astrotrain"],
  ["packages/server/src/node/o1.ts", "@hono/node-server"],
  ["packages/server/src/node/o2.ts", "node:http"],
  ["packages/server/src/node/o3.ts", "../index.js"],
  ["packages/server/src/o1.test.ts", "@sigil/emulator/node"],
  ["packages/cli/src/o1.ts", "node:child_process"],
  ["packages/cli/src/o2.ts", "commander"],
  ["packages/cli/src/o3.ts", "@sigil/emulator/node"],
  ["demo/src/o1.ts", "@sigil/viem"],
];

/** What the packages take from the registry, as far as the rows above name it. */
const registry = [
  ...["@noble/curves", "@noble/ed25519", "@noble/hashes", "eventsource-parser"],
  ...["viem", "ethers", "@solana/kit", "@solana/web3.js", "commander", "react", "@hono/node-server"],
];

let found: readonly string[];

beforeAll(() => {
  const rooms = [
    "adapter",
    "encoding",
    "errors",
    "internal",
    "wire",
    "transport",
    "pairing",
    "signing",
    "node",
  ];
  for (const room of rooms) write(`${a}/${room}/index.ts`);
  for (const room of ["octane", "appliance", "link", "node"]) write(`${e}/${room}/index.ts`);
  for (const name of readdirSync(join(root, "packages"))) {
    write(`packages/${name}/src/index.ts`);
    cpSync(join(root, "packages", name, "package.json"), join(copy, "packages", name, "package.json"));
    mkdirSync(join(copy, "node_modules/@sigil"), { recursive: true });
    symlinkSync(join(copy, "packages", name), join(copy, "node_modules/@sigil", name), "junction");
  }
  for (const room of ["kit", "web3js", "internal"]) write(`packages/solana/src/${room}/index.ts`);
  for (const name of registry) {
    write(`node_modules/${name}/index.js`);
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js" }));
  }
  write(`${a}/x3.test.ts`);
  for (const [, file, specifier] of forbidden) write(file, `import type { any } from "${specifier}";`);
  for (const [file, specifier] of allowed) write(file, `import { any } from "${specifier}";`);
  found = findViolations();
}, 60_000);

afterAll(() => rmSync(copy, { recursive: true }));

function write(file: string, text = "export {};"): void {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
}

function findViolations(): readonly string[] {
  const cruiser = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const config = join(root, ".dependency-cruiser.js");
  const args = ["--config", config, "--output-type", "json", "packages", "testing", "demo"];
  const { stdout, stderr } = spawnSync(process.execPath, [cruiser, ...args], {
    cwd: copy,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (stdout === "") throw new Error(`dependency-cruiser did not run: ${stderr}`);
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
}

test.each(forbidden)("behavior: %s forbids %s → %s", (rule, file) => {
  expect(found).toContain(`${rule}: ${file}`);
});

test.each(allowed)("behavior: allows %s → %s", (file) => {
  expect(found.filter((violation) => violation.endsWith(`: ${file}`))).toEqual([]);
});
