import { test } from "vitest";

/** A part of the suite that could not run on this machine, and how to get it to run. */
export type NotRun = { readonly part: string; readonly how: string };

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be merged into
  interface TaskMeta {
    notRun?: NotRun;
  }
}

/**
 * Registers a part that cannot run here as one skipped test, which the closing lines of the run name.
 * Call it where tests are registered: at the top level of a test file, or in `describe`.
 *
 * @example
 * if (chromium === undefined) notRun("browser tests", "install Chromium or set CHROMIUM_PATH");
 * else describe("browser", …);
 */
export function notRun(part: string, how: string): void {
  test(part, { skip: true, meta: { notRun: { part, how } } });
}
