import { describe, expect, test } from "vitest";
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
    ["soon", undefined],
    ["", undefined],
    [null, undefined],
  ])("parameters: %j", (header, ms) => {
    expect(parseRetryAfter(header)).toBe(ms);
  });
});
