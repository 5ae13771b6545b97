import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ApiReport, apiReports } from "./apiReport.js";
import { announcedPackages } from "./changesets.js";
import { checkFiles, checkManifest, checkText } from "./checkTarball.js";
import { judgeApi, staleReports } from "./judgeApi.js";
import { judgeNames } from "./judgeNames.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sigil-api-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};

/** Entries, each with an inner file beside it. All are reported at once: reading TypeScript's own libraries takes a second. */
const entries = {
  sorted: ["export declare const b: 1;\n/** Says a. */\nexport declare function a(x: string): void;"],
  plain: ["export type X = { readonly a?: Y };\nexport type Y = string;"],
  moved: [
    'export { Y, X } from "./inner.js";',
    "// why\nexport type X = { readonly a?: Y };\nexport type Y = string;",
  ],
  required: ["export declare function a(x: string): void;"],
  optional: ["export declare function a(x?: string): void;"],
  overloaded: ["export declare function a(x: string): void; export declare function a(x: 1): 2;"],
  writable: ["export type A = { a: 1 };"],
  readonly: ["export type A = { readonly a: 1 };"],
  open: ["export declare class A { }"],
  closed: ["export declare class A { #private; }"],
  nothing: ["export {};", "export type C = 1;"],
  star: ['export * from "./inner.js";', "export type C = 1;"],
  namespace: ['export * as c from "./inner.js";', "export type C = 1;"],
  mentions: ['import type { C } from "./inner.js"; export type A = { c: C };', "export type C = 1;"],
  mentionsOther: ['import type { C } from "./inner.js"; export type A = { c: C };', "export type C = 2;"],
} as const;
type EntryName = keyof typeof entries;

let reports: readonly ApiReport[];
beforeAll(() => {
  const all = mkdtempSync(join(tmpdir(), "sigil-entries-"));
  const packages = Object.entries(entries).map(([name, [index, inner = "export {};"]]) => {
    const exports = {
      ".": { types: "./index.d.ts", default: "./index.js" },
      "./package.json": "./package.json",
    };
    const manifest = { name: `@a/${name}`, version: "1.0.0", type: "module", publishConfig: { exports } };
    mkdirSync(join(all, name));
    writeFileSync(join(all, name, "package.json"), JSON.stringify(manifest));
    writeFileSync(join(all, name, "index.d.ts"), index);
    writeFileSync(join(all, name, "inner.d.ts"), inner);
    return { folder: join(all, name), manifest };
  });
  reports = apiReports(packages);
  rmSync(all, { recursive: true });
});

const report = (name: EntryName): ApiReport =>
  reports.find(({ packageName }) => packageName === `@a/${name}`) ?? expect.fail(`no report of ${name}`);
const code = (name: EntryName): string => /```ts\n([\s\S]*)\n```/.exec(report(name).text)?.[1] ?? "";

describe("apiReports", () => {
  test("default", () => {
    expect(report("sorted")).toEqual({
      packageName: "@a/sorted",
      file: "sorted.api.md",
      text: [
        "# API of `@a/sorted`",
        "",
        "Written by `pnpm fix:api`.",
        "",
        "```ts",
        "export declare function a(x: string): void;",
        "",
        "export declare const b: 1;",
        "```",
        "",
      ].join("\n"),
      values: ["a", "b"],
      built: [expect.stringMatching(/sorted.index\.js$/)],
    });
  });

  test("behavior: moving, sorting and commenting changes nothing", () => {
    expect(code("moved")).toBe(code("plain"));
  });

  test.each([
    ["a parameter", "required", "optional"],
    ["an overload", "required", "overloaded"],
    ["a member", "writable", "readonly"],
    ["a private field", "open", "closed"],
    ["a name", "plain", "required"],
    ["a star", "nothing", "star"],
    ["a namespace", "nothing", "namespace"],
    ["a type that is only mentioned", "mentions", "mentionsOther"],
  ] as const)("behavior: %s is a change", (_, before, after) => {
    expect(code(after)).not.toBe(code(before));
  });

  test("behavior: what is only mentioned is told from what is exported", () => {
    expect(code("mentions")).toContain("// not exported by this entry\nexport type C = 1;");
    expect(code("star")).toBe("export type C = 1;");
  });
});

describe("judgeNames", () => {
  test("behavior: what is built exports what its types do, stars of our other packages included", async () => {
    write("inner.js", "export const a = 1;");
    write("index.js", 'export * from "./inner.js"; export * as b from "other";');
    const built = [join(folder, "index.js")];
    expect(await judgeNames({ values: ["a", "b"], built })).toEqual([]);
    expect(await judgeNames({ values: ["a", "c"], built })).toEqual([
      expect.stringMatching(/exports other names than its types: - c, \+ b\.$/),
    ]);
  });

  test("behavior: a type is no value", () => {
    expect(report("moved").values).toEqual([]);
    expect(report("namespace").values).toEqual(["c"]);
  });
});

describe("judgeApi", () => {
  test("behavior: no change, one that is announced, one that is not", () => {
    const present = report("star");
    const judge = (...announced: string[]) =>
      judgeApi([present], new Set(announced), join(folder, "api"))[0]?.change;
    write("api/star.api.md", present.text);
    expect(judge()).toBeUndefined();
    write("api/star.api.md", present.text.replace("C = 1", "C = 0"));
    expect(judge("@a/other")).toMatchObject({
      announced: false,
      fault: expect.stringContaining("pnpm changeset, then"),
    });
    expect(judge("@a/star")).toMatchObject({
      announced: true,
      fault: expect.stringContaining("pnpm fix:api"),
    });
    expect(judge("@a/star")?.fault).toContain("  - export type C = 0;\n  + export type C = 1;");
  });

  test("behavior: a report without its entry is stale", () => {
    write("api/star.api.md", "");
    write("api/star.gone.api.md", "");
    expect(staleReports([report("star")], join(folder, "api"))).toEqual(["star.gone.api.md"]);
  });
});

describe("announcedPackages", () => {
  test("default", () => {
    write(".changeset/one.md", '---\n"@a/b": minor\n\'@a/c\': patch\nd: major\n---\n\n"@a/not": minor\n');
    write(".changeset/README.md", '---\n"@a/readme": minor\n---\n');
    expect([...announcedPackages(join(folder, ".changeset"))]).toEqual(["@a/b", "@a/c", "d"]);
    expect([...announcedPackages(join(folder, "none"))]).toEqual([]);
  });
});

describe("checkTarball", () => {
  const good = ["LICENSE", "README.md", "dist/index.d.ts", "dist/index.js", "package.json"];

  test.each(["dist/index.js.map", "dist/a.test.js", "src/index.ts", ".env", ".npmrc", "dist/key.pem"])(
    "behavior: %s does not belong into a package",
    (file) => {
      expect(checkFiles(good)).toEqual([]);
      expect(checkFiles([...good, file])).toEqual([expect.stringContaining(file)]);
    },
  );

  test.each(good.filter((file) => /README|LICENSE/.test(file)))("behavior: a package without %s", (file) => {
    expect(checkFiles(good.filter((each) => each !== file))).toEqual([expect.stringContaining(file)]);
  });

  // Put together here, so that scanners of this repository find nothing.
  test.each([
    ["a private key", `-----BEGIN ${"PRIVATE"} KEY-----`],
    ["a token of npm", `"npm_${"a".repeat(36)}"`],
    ["a token of GitHub", `ghp_${"a".repeat(36)}`],
    ["an .npmrc", "//registry.example/:_authToken=x"],
    ["an access key of AWS", `AKIA${"A".repeat(16)}`],
    ["a source map", "//# sourceMappingURL=index.js.map"],
    ["a folder of this machine", 'from "/home/someone/sigil/x.js"'],
  ])("behavior: %s in a file is found", (_, text) => {
    expect(checkText("x.js", "nothing", ["/home/someone/sigil/"])).toEqual([]);
    expect(checkText("x.js", `a\n${text}\nb`, ["/home/someone/sigil/"])).toHaveLength(1);
  });

  test.each([
    ["a lifecycle script", { scripts: { postinstall: "x" } }],
    ["a workspace range", { dependencies: { a: "workspace:*" } }],
    ["a catalog range", { dependencies: { a: "catalog:" } }],
    ["the condition of our sources", { exports: { "@sigil/source": "./src/index.ts" } }],
  ])("behavior: %s in package.json is found", (_, part) => {
    const manifest = { name: "a", version: "1.0.0" };
    expect(checkManifest(manifest)).toEqual([]);
    expect(checkManifest({ ...manifest, ...part })).toHaveLength(1);
  });
});
