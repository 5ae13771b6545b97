import { describe, expect, test, vi } from "vitest";
import { mintValidationCode } from "./mintValidationCode.js";

describe("mintValidationCode", () => {
  test("default", () => {
    for (let i = 0; i < 1000; i++) expect(mintValidationCode()).toMatch(/^[0-9]{6}$/);
  });

  test("behavior: codes are spread evenly over the first digit", () => {
    const counts = new Array<number>(10).fill(0);
    const draws = 20_000;
    for (let i = 0; i < draws; i++) {
      const digit = Number(mintValidationCode()[0]);
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - draws / 10) ** 2 / (draws / 10), 0);
    // Nine degrees of freedom: one run in a million exceeds 45.
    expect(chiSquare).toBeLessThan(45);
  });

  test("behavior: values that would favour low codes are drawn again", () => {
    const draws = [4_294_967_295, 4_294_000_000, 4_293_999_999];
    const random = vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
      (array as unknown as Uint32Array)[0] = draws.shift() ?? 0;
      return array;
    });
    expect(mintValidationCode()).toBe("999999");
    expect(random).toHaveBeenCalledTimes(3);
    random.mockRestore();
  });
});
