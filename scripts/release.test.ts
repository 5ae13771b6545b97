import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { notRun } from "../testing/src/notRun.js";
import { figure, isFullRun } from "../testing/src/promises.js";
import { announcedPackages } from "./changesets.js";
import { copyRepository, removeCopy } from "./copyRepository.js";
import { publicPackages } from "./publicPackages.js";
import { publishedReadme } from "./publishedReadme.js";
import { releaseOrder } from "./releaseOrder.js";
import { root, runNode } from "./run.js";
import { versionCopy } from "./versionCopy.js";

const names = publicPackages().map(({ manifest }) => manifest.name);
const release = (...args: readonly string[]) =>
  runNode([join(root, "scripts/release.ts"), ...args], { cwd: root });

if (!isFullRun()) notRun("R58: a dry run of a release, which builds all packages", "pnpm test:promises R58");
else
  test("R58: a dry run says what would be published, in which order, and publishes nothing", {
    timeout: 1_200_000,
  }, async () => {
    const { code, stdout, stderr } = await release("--dry-run");
    expect(stderr.split("\n").filter((line) => line.startsWith("✘"))).toEqual([]);
    expect(code).toBe(0);
    const listed = [...stdout.matchAll(/^\d+\. (@sigil\/[\w-]+)@\d+\.\d+\.\d+: \d+\.\d kB, \d+ files$/gm)];
    expect(listed.map(([, name]) => name)).toEqual(
      releaseOrder(publicPackages()).map(({ manifest }) => manifest.name),
    );
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("Nothing was published.");
    figure("R58", `${listed.length} packages packed and checked by a dry run of a release`);
  });

describe("a release", () => {
  test("behavior: without --dry-run nothing is published, and it says what does publish", async () => {
    for (const args of [[], ["--dry-run", "--force"]]) {
      const { code, stdout, stderr } = await release(...args);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/Nothing is published from here: .* workflow publish .* pnpm release --dry-run/);
    }
  });

  test("default: all packages get one version, and those that are private none", async () => {
    const copy = await copyRepository();
    onTestFinished(() => removeCopy(copy));
    const before = privateVersions(copy);
    await versionCopy(copy);

    const versions = new Set(publicPackages(copy).map(({ manifest }) => manifest.version));
    expect(versions.size).toBe(1);
    const [version = ""] = versions;
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    // The sources' own, which the emulator's answers name.
    expect(readFileSync(join(copy, "packages/emulator/src/version.ts"), "utf8")).toContain(`"${version}"`);
    expect([...announcedPackages(join(copy, ".changeset"))]).toEqual([]);
    expect(privateVersions(copy)).toEqual(before);
  }, 120_000);

  test("behavior: a package that is published is one of the group that shares a version", () => {
    const { fixed } = JSON.parse(readFileSync(join(root, ".changeset/config.json"), "utf8"));
    expect(fixed).toEqual([names]);
  });
});

function privateVersions(repository: string): readonly string[] {
  const examples = readdirSync(join(repository, "examples")).map((name) => join("examples", name));
  return ["demo", "testing", "integration", ...examples]
    .map((folder) => join(repository, folder, "package.json"))
    .filter((file) => existsSync(file))
    .map((file) => `${file}: ${JSON.parse(readFileSync(file, "utf8")).version}`);
}

describe("releaseOrder", () => {
  const packageOf = (name: string, ...needed: readonly string[]) => {
    const dependencies = Object.fromEntries(needed.map((each) => [each, "1"]));
    return { folder: name, manifest: { name, version: "1.0.0", dependencies } };
  };
  const orderOf = (packages: readonly ReturnType<typeof packageOf>[]) =>
    releaseOrder(packages).map(({ manifest }) => manifest.name);

  test("default: each comes after those it depends on", () => {
    expect(orderOf([packageOf("a", "c", "theirs"), packageOf("b", "a"), packageOf("c")])).toEqual([
      "c",
      "a",
      "b",
    ]);
    expect(releaseOrder(publicPackages())).toHaveLength(names.length);
  });

  test("behavior: a circle has no order", () => {
    expect(() => orderOf([packageOf("a", "b"), packageOf("b", "a"), packageOf("c")])).toThrow("a, b");
  });
});

describe("publishedReadme", () => {
  const url = "https://git.example/some/one/blob/1a2b3c/packages/a";

  test("default: links lead to the sources of the release, where they are not within the page or away", () => {
    const readme =
      "See [docs](../../docs/errors.md#in-viem), [b](../b/README.md), [below](#below), [x](https://x.example/).";
    expect(publishedReadme(readme, url)).toBe(
      "See [docs](https://git.example/some/one/blob/1a2b3c/docs/errors.md#in-viem), [b](https://git.example/some/one/blob/1a2b3c/packages/b/README.md), [below](#below), [x](https://x.example/).",
    );
  });

  test("behavior: it does not say that it is not published", () => {
    expect(publishedReadme("a\n\nNot published yet: [run it](../x.md).\n\nb\n", url)).toBe("a\n\nb\n");
  });

  test.each(names)("behavior: in the README of %s every link leads somewhere", (name) => {
    const { folder } = publicPackages().find(({ manifest }) => manifest.name === name) ?? expect.fail();
    const base = "https://git.example/o/n/blob/HEAD/";
    const at = folder.slice(root.length).replaceAll("\\", "/");
    const text = publishedReadme(readFileSync(join(folder, "README.md"), "utf8"), `${base}${at}`);
    expect(text).not.toMatch(/not published yet/i);
    expect(text).toMatch(/^npm (i|install) /m);
    expect(text).toMatch(/^```(ts|tsx|sh)$/m);
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    expect(links.filter((link) => !/^(https:\/\/|#)/.test(link))).toEqual([]);
    const ours = links.filter((link) => link.startsWith(base)).map((link) => link.slice(base.length));
    expect(ours.filter((path) => !existsSync(join(root, path.replace(/#.*/, ""))))).toEqual([]);
  });
});
