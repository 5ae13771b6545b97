import { type ConformanceOptions, type Report, runConformance } from "../../src/conformance/index.js";
import type { Owned } from "./emulatorApprover.js";

/** Tries an emulator with all that the checks can make use of. */
export function run(
  { emulator, approver }: Owned,
  options: Partial<ConformanceOptions> = {},
): Promise<Report> {
  return runConformance({
    octaneUrl: "https://octane.test/octane",
    apiKey: emulator.sp.apiKey,
    seed: emulator.sp.privateKeySeed,
    octanePublicKey: emulator.sp.octanePublicKey,
    secondApiKey: emulator.addSp().apiKey,
    returnUrl: "https://conformance.test/back",
    approver,
    waitMs: 10_000,
    userTimeoutMs: 280_000,
    fetch: emulator.fetch,
    ...options,
  });
}

/** The ids of the checks with this verdict. */
export function ids(report: Report, verdict: "held" | "broken" | "untried"): readonly string[] {
  return report.checks.filter((check) => check.verdict === verdict).map(({ id }) => id);
}
