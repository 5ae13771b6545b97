import { expect, test } from "vitest";
import { readVectors } from "./vectors.js";

test.each([
  ["wycheproofEd25519", 151, 63],
  ["wycheproofSecp256k1", 252, 85],
  ["speccheck", 12, 0],
] as const)("default: %s has %i cases, %i of them invalid", (name, cases, invalid) => {
  const vectors = readVectors(name);
  expect(vectors).toHaveLength(cases);
  expect(vectors.filter(({ verdict }) => verdict === "invalid")).toHaveLength(invalid);
  for (const { key } of vectors) expect([32, 65]).toContain(key.length);
});
