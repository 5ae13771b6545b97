import { expect, test } from "vitest";
import { createOwned } from "../../test/conformance/emulatorApprover.js";
import { ids, run } from "../../test/conformance/run.js";

test("default: the emulator keeps to every line of the protocol, and all of them are tried", async () => {
  const report = await run(createOwned());
  expect(ids(report, "broken")).toEqual([]);
  expect(ids(report, "untried")).toEqual([]);
});
