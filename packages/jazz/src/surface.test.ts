import { fileURLToPath } from "node:url";
import * as astrotrain from "@sigil/astrotrain";
import * as adapter from "@sigil/astrotrain/adapter";
import * as pairing from "@sigil/astrotrain/pairing";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

const entries = {
  "@sigil/astrotrain": { values: astrotrain, file: "./index.ts" },
  "@sigil/astrotrain/pairing": { values: pairing, file: "./pairing/index.ts" },
  "@sigil/astrotrain/adapter": { values: adapter, file: "./adapter/index.ts" },
};

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const program = ts.createProgram(
  Object.values(entries).map(({ file }) => pathOf(file)),
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

describe.each(Object.entries(entries))("in the place of %s", (name, { values, file }) => {
  test("default: the same values under the same names", async () => {
    expect({ ...(await import(/* @vite-ignore */ file)) }).toEqual({ ...values });
  });

  test("behavior: every name, of types too, is deprecated and says what it is now", () => {
    const ours = program.getSourceFile(pathOf(file));
    const theirs = sourceOf(ours);
    expect(theirs?.text).toBe(name);
    const expected = exportsOf(theirs).map((each) => [
      each.name,
      "`@sigil/jazz` is now `@sigil/astrotrain`.",
    ]);
    expect(expected.length).toBeGreaterThan(Object.keys(values).length);
    expect(
      exportsOf(ours)
        .map((each) => [each.name, deprecationOf(each)])
        .sort(),
    ).toEqual(expected.sort());
  });
});
