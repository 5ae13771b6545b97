import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { freeNames } from "./freeNames.js";
import { judgeSize } from "./judgeSize.js";
import { measureSize, type Size } from "./measureSize.js";
import { publicEntries } from "./publicEntries.js";
import { publicPackages } from "./publicPackages.js";
import { root } from "./run.js";
import { type Budget, sizeBudgets } from "./sizeBudgets.js";
import { readmeTable, withTable } from "./sizeTable.js";

/** A package with one file that holds `code`, within the repository, so that it finds the dependencies. */
function packageWith(code: string) {
  const folder = mkdtempSync(join(root, "node_modules", "sigil-size-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "node_modules/@sigil/evm"), { recursive: true });
  writeFileSync(join(folder, "node_modules/@sigil/evm/index.js"), 'export const evm = "theirs";');
  writeFileSync(join(folder, "index.js"), code);
  const peerDependencies = { host: "1" };
  const manifest = { name: "@sigil/a", version: "1.0.0", peerDependencies };
  return { name: "@sigil/a", file: join(folder, "index.js"), package: { folder, manifest } };
}

const faultsOf = async (code: string, budget: Partial<Budget> = {}): Promise<readonly string[]> => {
  const complete: Budget = { runsOn: "any", own: 250, all: 250, imports: ["host"], ...budget };
  return judgeSize("@sigil/a", await measureSize(packageWith(code), complete.runsOn), complete);
};

const small = 'import { host } from "host"; export const a = host();';

describe("a bundle", () => {
  test("default: one within its budget has no faults", async () => {
    expect(await faultsOf(small)).toEqual([]);
  });

  test("behavior: over its budget it is refused, with by how much and what to do", async () => {
    const { own } = await measureSize(packageWith(small), "any");
    const faults = await faultsOf(small, { own: own - 3 });
    expect(faults).toEqual([expect.stringContaining(`3 bytes over its budget: own has ${own}`)]);
    expect(faults[0]).toContain("pnpm size --why @sigil/a");
  });

  test("behavior: far below its budget, the budget is to be lowered, but for a goal", async () => {
    expect(await faultsOf(small, { all: 1_000 })).toEqual([expect.stringContaining("Lower `all`")]);
    expect(await faultsOf(small, { all: 1_000, goal: { of: "all", bytes: 1_000 } })).toEqual([]);
  });

  test("behavior: the common part of two adapters is their own code, a peer is in neither figure", async () => {
    const size = await measureSize(packageWith(`import { evm } from "@sigil/evm"; ${small} evm();`), "any");
    expect(size.imports).toEqual(["host"]);
    expect(size.own).toBe(size.all);
    expect(size.files.map(([file]) => file)).toContain("@sigil/evm/index.js");
  });

  test.each([
    ["another import", 'import { more } from "host/more"; more();', "+ host/more"],
    ["a module of Node's", 'import { readFileSync } from "node:fs"; readFileSync("x");', "imports node:fs"],
    ["what only Node has", "a.b(process.env.SIGIL_API_KEY, Buffer);", "uses process"],
    ["what it has to do without", 'import { evm } from "@sigil/evm"; a(evm);', "@sigil/evm/index.js in it"],
  ])("behavior: %s is found", async (_, code, fault) => {
    expect(await faultsOf(`${small} ${code}`, { without: /evm/ })).toContainEqual(
      expect.stringContaining(fault),
    );
  });

  test("behavior: an import that is gone is found", async () => {
    expect(await faultsOf("export const a = 1;")).toEqual([expect.stringContaining("- host")]);
  });
});

test("freeNames: neither properties, nor keys, nor text, nor what is looked up on globalThis", () => {
  const names = ["process", "Buffer"];
  expect(freeNames("export const a = typeof process", names)).toEqual(["process"]);
  expect(freeNames("f(new Buffer, { process })", names)).toEqual(["Buffer", "process"]);
  const harmless = 'a.process(globalThis.process?.env, { process: 1, Buffer() {} }, "process.env")';
  expect(freeNames(`class A { process = 1 } ${harmless}`, names)).toEqual([]);
});

test("every entry that users import has a budget, and every budget an entry", () => {
  const names = publicEntries(publicPackages()).map(({ name }) => name);
  expect(Object.keys(sizeBudgets).toSorted()).toEqual(names.toSorted());
});

describe("the README's table", () => {
  const budget: Budget = { runsOn: "any", own: 1_249, all: 20_000, imports: [], inReadme: true };

  test("default: stands between the markers, and has the budgets", () => {
    const table = readmeTable({ "@sigil/a": budget, "@sigil/b": { ...budget, inReadme: false } });
    const written = withTable("a\n<!-- sizes -->\nold\n<!-- /sizes -->\nb\n", table);
    expect(written).toBe(`a\n<!-- sizes -->\n\n${table}\n\n<!-- /sizes -->\nb\n`);
    expect(table.split("\n")[2]).toBe("| `@sigil/a` | ≤ 1.3 kB | ≤ 20.0 kB |");
    expect(table).not.toContain("@sigil/b");
    expect(withTable(written ?? "", table)).toBe(written);
  });

  test("behavior: without markers there is nowhere to write", () => {
    expect(withTable("a\n", "table")).toBeUndefined();
  });
});

/** Held here as well, so that the figures above are not of a measure that has nothing in it. */
test("behavior: what is compressed is the whole bundle", async () => {
  const sizes: Size[] = [];
  for (const count of [10, 1_000]) {
    const numbers = Array.from({ length: count }, (_, at) => Math.imul(at, 2_654_435_761));
    sizes.push(await measureSize(packageWith(`export const a = [${numbers}];`), "any"));
  }
  expect((sizes[1]?.own ?? 0) - (sizes[0]?.own ?? 0)).toBeGreaterThan(3_000);
});
