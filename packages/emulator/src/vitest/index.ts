import { emulatorTest } from "./emulatorTest.js";

export { type EmulatorFixtures, emulatorTest } from "./emulatorTest.js";

/**
 * Vitest's `test`, with a default emulator for the tests that name it.
 *
 * @example
 * ```ts
 * import { test } from "@sigil/emulator/vitest";
 * import { expect } from "vitest";
 *
 * test("a new appliance is paired with nobody", ({ emulator }) => {
 *   expect(emulator.appliance.pairs()).toEqual([]);
 * });
 * ```
 */
export const test: ReturnType<typeof emulatorTest> = emulatorTest();
