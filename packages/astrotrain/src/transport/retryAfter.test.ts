import { describe, expect, test, vi } from "vitest";
import { parseRetryAfter } from "./retryAfter.js";

describe("parseRetryAfter", () => {
  test.each([
    ["0", 0],
    ["2", 2000],
    ["60", 60_000],
    ["3600", 60_000],
    ["1000000000000", 60_000],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
    ["Fri, 01 Jan 2100 00:00:00 GMT", 60_000],
    ["Thursday, 01-Jan-70 00:00:00 GMT", 0],
    ["Thu Jan  1 00:00:00 1970", 0],
    ["soon", undefined],
    ["", undefined],
    ["2 seconds", undefined],
    ["in 2", undefined],
    ["-2", undefined],
    ["1.5", undefined],
    ["2, 2", undefined],
    ["after Fri, 01 Jan 2100 00:00:00 GMT", undefined],
    ["Fri, 01 Jan 2100 00:00:00 GMT, 2", undefined],
    ["Fri7, 01 Jan 2100 00:00:00 GMT", undefined],
    ["Friday, or so", undefined],
    [null, undefined],
  ])("parameters: %j", (header, ms) => {
    expect(parseRetryAfter(header)).toBe(ms);
  });

  test("behavior: a date is so many milliseconds from now", () => {
    vi.useFakeTimers({ now: Date.parse("2026-01-01T00:00:00Z") });
    try {
      expect(parseRetryAfter("Thu, 01 Jan 2026 00:00:07 GMT")).toBe(7_000);
    } finally {
      vi.useRealTimers();
    }
  });
});
