import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { namesOfShared } from "./namesOfShared.js";
import { reachableTypes } from "./reachableTypes.js";

type Outputs = Parameters<typeof namesOfShared>[0]["outputs"];

/** What esbuild says of its files, by what they import. */
const outputs = (files: Record<string, readonly string[]>): Outputs =>
  Object.fromEntries(
    Object.entries(files).map(([file, paths]) => [
      file,
      {
        bytes: 1,
        inputs: {},
        exports: [],
        imports: paths.map((path) => ({ path, kind: "import-statement" as const })),
        ...(file.includes("shared/") ? {} : { entryPoint: file }),
      },
    ]),
  );

test("behavior: what entries share is named after them, however far below", () => {
  const names = namesOfShared({
    outputs: outputs({
      "dist/index.js": ["dist/shared/A.js"],
      "dist/index.browser.js": ["dist/shared/B.js"],
      "dist/pairing/index.js": ["dist/shared/A.js"],
      "dist/shared/A.js": ["dist/shared/B.js"],
      "dist/shared/B.js": [],
    }),
  });
  expect([...names]).toEqual([
    ["A.js", "index-pairing.js"],
    ["B.js", "index-index.browser-pairing.js"],
  ]);
});

test("behavior: two shared files never get one name", () => {
  const files = outputs({
    "dist/index.js": ["dist/shared/A.js", "dist/shared/B.js"],
    "dist/shared/A.js": [],
    "dist/shared/B.js": [],
  });
  expect(() => namesOfShared({ outputs: files })).toThrow("shared by the same entries");
});

test("behavior: of the types those stay that an entry leads to", () => {
  const folder = mkdtempSync(join(tmpdir(), "sigil-types-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const texts = {
    "index.d.ts": 'export * from "./a/b.js"; import type { X } from "other";',
    "a/b.d.ts": 'export declare const c: import("../c.js").C;',
    "c.d.ts": 'import "./index.js"; export type C = 1;',
    "d.d.ts": "",
  };
  for (const [file, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const reached = [...reachableTypes([join(folder, "index.d.ts")])];
  expect(reached).toEqual(["index.d.ts", "a/b.d.ts", "c.d.ts"].map((file) => join(folder, file)));
});
