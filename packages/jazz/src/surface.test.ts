import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

/** The paths that users import from a package, as its package.json says for sources and for what is published. */
function pathsOf(name: string): {
  readonly sources: readonly string[];
  readonly published: readonly string[];
} {
  const manifest = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve(`${name}/package.json`), "utf8"),
  );
  return { sources: Object.keys(manifest.exports), published: Object.keys(manifest.publishConfig.exports) };
}

/** Each entry of astrotrain, so that none is forgotten here, and the file that stands in its place. */
const entries = pathsOf("@sigil/astrotrain")
  .sources.filter((path) => path !== "./package.json")
  .map((path) => [`@sigil/astrotrain${path.slice(1)}`, `${path}/index.ts`] as const);

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const program = ts.createProgram(
  entries.map(([, file]) => pathOf(file)),
  {
    module: ts.ModuleKind.NodeNext,
    customConditions: ["@sigil/source"],
    skipLibCheck: true,
    types: [],
  },
);

function exportsOf(node: ts.Node | undefined): readonly ts.Symbol[] {
  const checker = program.getTypeChecker();
  const module = node && checker.getSymbolAtLocation(node);
  return module === undefined ? [] : checker.getExportsOfModule(module);
}

/** What a file exports from, as it is written there. */
function sourceOf(file: ts.SourceFile | undefined): ts.StringLiteral | undefined {
  const [specifier] = (file?.statements ?? []).flatMap((each) =>
    ts.isExportDeclaration(each) && each.moduleSpecifier !== undefined ? [each.moduleSpecifier] : [],
  );
  return specifier !== undefined && ts.isStringLiteral(specifier) ? specifier : undefined;
}

function deprecationOf(symbol: ts.Symbol): string {
  const tag = symbol.getJsDocTags(undefined).find(({ name }) => name === "deprecated");
  return ts.displayPartsToString(tag?.text);
}

beforeAll(() => {
  vi.spyOn(console, "warn").mockReturnValue();
});

afterAll(() => {
  vi.restoreAllMocks();
});

test("behavior: has an entry in the place of each", () => {
  expect(pathsOf("@sigil/jazz")).toEqual(pathsOf("@sigil/astrotrain"));
});

describe.each(entries)("in the place of %s", (name, file) => {
  test("default: the same values under the same names", async () => {
    expect({ ...(await import(/* @vite-ignore */ file)) }).toEqual({
      ...(await import(/* @vite-ignore */ name)),
    });
  });

  test("behavior: every name, of types too, is deprecated and says what it is now", async () => {
    const ours = program.getSourceFile(pathOf(file));
    const theirs = sourceOf(ours);
    expect(theirs?.text).toBe(name);
    const expected = exportsOf(theirs).map((each) => [
      each.name,
      "`@sigil/jazz` is now `@sigil/astrotrain`.",
    ]);
    expect(expected.length).toBeGreaterThan(Object.keys(await import(/* @vite-ignore */ name)).length);
    expect(
      exportsOf(ours)
        .map((each) => [each.name, deprecationOf(each)])
        .sort(),
    ).toEqual(expected.sort());
  });
});
