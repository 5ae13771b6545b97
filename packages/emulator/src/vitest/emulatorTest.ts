import { type TestAPI, test as vitestTest } from "vitest";
import type { ApprovalDecision } from "../appliance/approval.js";
import { createEmulator, type Emulator } from "../emulator.js";
import type { EmulatorOptions } from "../options.js";

/** What a test may ask for by naming it; what it does not name is not made. */
export type EmulatorFixtures = {
  /**
   * An octane and its appliance. The tests of a worker share one, which is reset after each of them; tests that run
   * concurrently have one each.
   */
  readonly emulator: Emulator;
  /** Where that emulator listens, at a free port of 127.0.0.1: for code that cannot be handed `emulator.fetch`. */
  readonly octaneUrl: string;
};

/**
 * Vitest's `test`, with an emulator set up as these options say.
 *
 * @param options Those of `createEmulator`. With a `seed`, each test meets the same keys, ids and times.
 * @throws TypeError or RangeError, from the first test that names it, where an option is not what it says.
 * @example
 * ```ts
 * import { emulatorTest } from "@sigil/emulator/vitest";
 *
 * const test = emulatorTest({ approval: "manual", seed: "checkout" });
 * test("a user who does not answer", async ({ emulator, octaneUrl }) => {});
 * ```
 */
export function emulatorTest<const Decision extends ApprovalDecision = ApprovalDecision>(
  options: EmulatorOptions<Decision> = {},
): TestAPI<EmulatorFixtures> {
  let shared: Emulator | undefined;
  return vitestTest.extend<EmulatorFixtures>({
    emulator: async ({ task }, use) => {
      if (task.concurrent) return use(createEmulator(options));
      shared ??= createEmulator(options);
      await use(shared);
      shared.reset();
    },
    octaneUrl: async ({ emulator }, use) => {
      // Only here: tests that run in a browser have no ports. A test is no production, whatever build it tests.
      const { listen } = await import("../node/index.js");
      const { url, close } = await listen(emulator, { port: 0, allowProduction: true });
      await use(url);
      await close();
    },
  });
}
