import { delimiter } from "node:path";
import { expect, test } from "vitest";
import { findValidator } from "./findValidator.js";

const path = ["/a", "", "/b", "/c"].join(delimiter);
const isProgram = (file: string): boolean =>
  ["/b/solana-test-validator", "/c/solana-test-validator"].includes(file);

test("default: the first on PATH", () => {
  expect(findValidator({ named: undefined, path, isProgram })).toBe("/b/solana-test-validator");
});

test("parameters: SOLANA_TEST_VALIDATOR comes first, there or not", () => {
  expect(findValidator({ named: "/nowhere/validator", path, isProgram })).toBe("/nowhere/validator");
});

test.each(["", "/a"])("behavior: none on PATH %j", (nothing) => {
  expect(findValidator({ named: "", path: nothing, isProgram })).toBeUndefined();
  expect(findValidator({ named: undefined, path: undefined, isProgram })).toBeUndefined();
});
