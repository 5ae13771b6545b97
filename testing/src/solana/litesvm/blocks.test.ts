import { expect, test } from "vitest";
import { createChain } from "./chain.js";

test("behavior: a blockhash lives for 150 blocks and no longer", () => {
  const { blocks } = createChain();
  const hash = blocks.latestBlockhash;
  const last = blocks.lastValidBlockHeight;
  while (blocks.slot < last) blocks.seal();
  expect(blocks.isRecent(hash)).toBe(true);
  blocks.seal();
  expect(blocks.isRecent(hash)).toBe(false);
  expect(blocks.isRecent(blocks.latestBlockhash)).toBe(true);
});
