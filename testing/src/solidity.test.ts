import { describe, expect, test } from "vitest";
import { compileSolidity } from "./solidity.js";

const head = "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.24;\n";

describe("compileSolidity", () => {
  test("default: abi and bytecode by contract name", () => {
    const { Answer } = compileSolidity({
      "Answer.sol": `${head}contract Answer { function answer() external pure returns (uint256) { return 42; } }`,
    });
    expect(Answer?.bytecode).toMatch(/^0x[0-9a-f]+$/);
    expect(Answer?.abi).toEqual([
      {
        type: "function",
        name: "answer",
        inputs: [],
        outputs: [{ name: "", type: "uint256", internalType: "uint256" }],
        stateMutability: "pure",
      },
    ]);
  });

  test("behavior: throws with the compiler's message", () => {
    expect(() => compileSolidity({ "Bad.sol": `${head}contract Bad { uint8 x = "no"; }` })).toThrow(
      /do not compile.*TypeError.*Bad\.sol:3/s,
    );
  });

  test("behavior: a warning is no error", () => {
    expect(Object.keys(compileSolidity({ "A.sol": "contract A {}" }))).toEqual(["A"]);
  });

  test("behavior: refuses two contracts of one name", () => {
    const source = `${head}contract Same {}`;
    expect(() => compileSolidity({ "A.sol": source, "B.sol": source })).toThrow(
      "Two contracts are named Same",
    );
  });

  test("behavior: files import each other", () => {
    const files = { "A.sol": `${head}contract A {}`, "B.sol": `${head}import "./A.sol"; contract B is A {}` };
    expect(Object.keys(compileSolidity(files))).toEqual(["A", "B"]);
  });

  test("behavior: leaves no listener for failures behind", () => {
    const listeners = () => [
      process.rawListeners("uncaughtException"),
      process.rawListeners("unhandledRejection"),
    ];
    const before = listeners();
    compileSolidity({ "A.sol": `${head}contract A {}` });
    expect(listeners()).toEqual(before);
  });
});
