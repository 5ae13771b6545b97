import { afterEach, describe, expect, test, vi } from "vitest";
import { rounds, roundsVariable } from "./promises.js";

afterEach(() => vi.unstubAllEnvs());

describe("rounds", () => {
  test("default: a tenth, never none", () => {
    vi.stubEnv(roundsVariable, undefined);
    expect([rounds(10_000), rounds(3)]).toEqual([1_000, 1]);
  });

  test("parameters: full and long", () => {
    vi.stubEnv(roundsVariable, "full");
    expect([rounds(10_000), rounds(10_000, 200_000)]).toEqual([10_000, 10_000]);
    vi.stubEnv(roundsVariable, "long");
    expect([rounds(10_000), rounds(10_000, 200_000)]).toEqual([10_000, 200_000]);
  });
});
