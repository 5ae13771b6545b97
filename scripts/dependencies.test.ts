import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { figure } from "../testing/src/promises.js";
import { installScripts, productionTree } from "./productionTree.js";
import { publicPackages, shortName } from "./publicPackages.js";

const packages = publicPackages();
const treeOf = (name: string) => {
  const found = packages.find(({ manifest }) => manifest.name === name);
  if (found === undefined) throw new Error(`${name} is not published from here.`);
  return productionTree(found.folder);
};

/** What users install beside a host library: ours that have a peer, which is the host. The emulator's is its storage. */
const adapters = packages.filter(
  ({ manifest }) =>
    Object.keys(manifest.peerDependencies ?? {}).length > 0 && manifest.name !== "@sigil/emulator",
);

test("R57: astrotrain has two dependencies, and no adapter brings more than six packages", () => {
  const core = treeOf("@sigil/astrotrain").map(({ manifest }) => manifest.name);
  // One is the Ed25519 of runtimes whose WebCrypto has none, the other reads event streams; neither has dependencies.
  expect(core.toSorted()).toEqual(["@noble/ed25519", "eventsource-parser"]);

  expect(adapters.map(({ manifest }) => shortName(manifest))).toEqual([
    "ethers",
    "jazz-react",
    "solana",
    "viem",
  ]);
  const sizes = adapters.map(
    ({ folder, manifest }) => [shortName(manifest), productionTree(folder).length] as const,
  );
  for (const [, size] of sizes) expect(size).toBeLessThanOrEqual(6);
  figure("R57", `astrotrain ${core.length} packages, ${sizes.map((pair) => pair.join(" ")).join(", ")}`);
});

/** What their makers run to pack them. Users get them packed: our manifests name versions, never repositories. */
const packing = ["libsql: prepack", "@neon-rs/load: prepack"];

test("R58: nothing that users install runs a script when it is installed", () => {
  const trees = packages.flatMap(({ folder, manifest }) => [{ folder, manifest }, ...productionTree(folder)]);
  const all = [
    ...new Map(trees.map((each) => [`${each.manifest.name}@${each.manifest.version}`, each])).entries(),
  ];
  const running = all.flatMap(([id, each]) =>
    installScripts(each)
      .filter((script) => !packing.includes(`${each.manifest.name}: ${script}`))
      .map((script) => `${id}: ${script}`),
  );
  expect(all.length).toBeGreaterThan(packages.length);
  expect(running).toEqual([]);
  figure("R58", `${all.length} packages that users install, ${running.length} lifecycle scripts`);
});

describe("productionTree", () => {
  const folder = mkdtempSync(join(tmpdir(), "sigil-tree-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (at: string, manifest: object) => {
    mkdirSync(join(folder, at), { recursive: true });
    writeFileSync(join(folder, at, "package.json"), JSON.stringify({ version: "1.0.0", ...manifest }));
  };

  test("behavior: goes all the way down, each package once, circles too", () => {
    write("a", { name: "a", dependencies: { b: "1", c: "1" }, optionalDependencies: { absent: "1" } });
    write("a/node_modules/b", { name: "b", dependencies: { c: "1" }, devDependencies: { dev: "1" } });
    write("a/node_modules/c", {
      name: "c",
      dependencies: { b: "1", d: "1" },
      peerDependencies: { host: "1" },
    });
    write("a/node_modules/c/node_modules/d", { name: "d" });
    const names = productionTree(join(folder, "a")).map(({ manifest }) => manifest.name);
    expect(names.toSorted()).toEqual(["b", "c", "d"]);
  });

  test("behavior: a dependency that is not there is an error", () => {
    write("e", { name: "e", dependencies: { gone: "1" } });
    expect(() => productionTree(join(folder, "e"))).toThrow("gone");
  });

  test("behavior: scripts that run at install, and a binding.gyp that makes npm compile, are named", () => {
    write("f", { name: "f", scripts: { postinstall: "x", prepare: "x", build: "x" } });
    writeFileSync(join(folder, "f/binding.gyp"), "{}");
    const at = join(folder, "f");
    const manifest = { name: "f", version: "1.0.0", scripts: { postinstall: "x", prepare: "x", build: "x" } };
    expect(installScripts({ folder: at, manifest })).toEqual(["postinstall", "prepare", "binding.gyp"]);
  });
});
