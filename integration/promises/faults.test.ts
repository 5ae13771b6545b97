import { PairError, SignError } from "@sigil/astrotrain";
import { figure } from "@sigil/testing/promises";
import { expect, onTestFinished, test } from "vitest";
import { type CallName, callNames, errorName } from "./calls.js";
import { expectedOf, type Fault, faults, meet } from "./faults.js";

/** Counts the rejections that nobody handles, from now to the end of the test. */
function countUnhandled(): () => number {
  let unhandled = 0;
  const count = (): void => {
    unhandled++;
  };
  process.on("unhandledRejection", count);
  onTestFinished(() => void process.off("unhandledRejection", count));
  return () => unhandled;
}

/** The error of every call in every fault, all at once. */
const meetAll = (): Promise<readonly (readonly [CallName, Fault, unknown])[]> =>
  Promise.all(
    callNames.flatMap((name) => faults.map(async (fault) => [name, fault, await meet(name, fault)] as const)),
  );

test("R07: 24 faults in 7 calls are a PairError or SignError of their kind, and none goes unhandled", async () => {
  const unhandled = countUnhandled();
  const met = await meetAll();
  for (const [name, fault, error] of met) {
    const { kind, status, byTheClock } = expectedOf(name, fault);
    expect([name, fault.name, error]).toEqual([
      name,
      fault.name,
      expect.objectContaining({
        name: errorName(name),
        kind,
        ...(status === undefined ? {} : { status }),
        ...(byTheClock ? { cause: expect.objectContaining({ name: "TimeoutError" }) } : {}),
      }),
    ]);
    expect(error instanceof PairError || error instanceof SignError).toBe(true);
  }
  // A rejection is unhandled once the microtasks after it have run.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([faults.length, met.length, unhandled()]).toEqual([24, 168, 0]);
  const typed = met.filter(([name, , error]) => (error as Error).name === errorName(name));
  figure("R07", `${typed.length} of ${met.length} errors typed, ${unhandled()} unhandled rejections`);
});
