import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { titlesOf } from "./promiseTitles.js";
import { root, run } from "./run.js";

const listed = await run("git", ["ls-files", "*.test.ts"], { cwd: root });
const textOf = (file: string): string => readFileSync(join(root, file), "utf8");
/** Those that do less in the ordinary run, but for the tests of how many rounds that is. */
const shortened = listed
  .split("\n")
  // Git lists what was removed, too, until that is committed.
  .filter((file) => file !== "" && existsSync(join(root, file)) && file !== "testing/src/promises.test.ts")
  .filter((file) => /\b(isFullRun|rounds)\(/.test(textOf(file)));
const titles = new RegExp(titlesOf());

describe("a full run", () => {
  test.each(shortened)("behavior: it runs something of %s, which does less in the ordinary run", (file) => {
    const literals = [...textOf(file).matchAll(/["`]((?:[^"`\\\n]|\\.)+)["`]/g)].map(([, text = ""]) => text);
    expect(literals.filter((text) => titles.test(text))).not.toEqual([]);
  });

  test("behavior: of promises that are named it takes no others", () => {
    const named = new RegExp(titlesOf(["R07"]));
    expect(["R07: a", "in a group R07: b"].every((each) => named.test(each))).toBe(true);
    expect(["R08: a", "React 18 ", "not R07"].some((each) => named.test(each))).toBe(false);
  });
});
