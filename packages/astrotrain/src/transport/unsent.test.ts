import { describe, expect, test } from "vitest";
import { isUnsent } from "./unsent.js";

const coded = (code: string, cause?: unknown): Error => Object.assign(new Error(code), { code, cause });

/** An error `depth` causes below the one that is looked at. */
const below = (depth: number, error: unknown): unknown =>
  depth === 0 ? error : new Error("fetch failed", { cause: below(depth - 1, error) });

describe("isUnsent", () => {
  test.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"])(
    "parameters: %s, down to four causes deep",
    (code) => {
      for (const depth of [0, 1, 2, 3, 4]) expect(isUnsent(below(depth, coded(code)))).toBe(true);
      expect(isUnsent(below(5, coded(code)))).toBe(false);
    },
  );

  test.each([
    ["another code", coded("ECONNRESET")],
    ["no code", new TypeError("Load failed")],
    ["a text", "ECONNREFUSED"],
    ["null", null],
    ["nothing", undefined],
    ["the code as text of the message", new Error("connect ECONNREFUSED")],
  ])("behavior: %s proves nothing", (_, error) => {
    expect(isUnsent(error)).toBe(false);
  });

  test("behavior: of several addresses all must have refused", () => {
    const refused = coded("ECONNREFUSED");
    expect(isUnsent(new AggregateError([refused, refused]))).toBe(true);
    expect(isUnsent(new AggregateError([refused, coded("ECONNRESET")]))).toBe(false);
    expect(isUnsent(new AggregateError([coded("ECONNRESET"), refused]))).toBe(false);
  });

  test("behavior: a list without errors says nothing, its cause does", () => {
    const empty = new AggregateError([], "none", { cause: coded("ENOTFOUND") });
    expect(isUnsent(empty)).toBe(true);
    expect(isUnsent(new AggregateError([]))).toBe(false);
    expect(isUnsent(Object.assign(new Error("x", { cause: coded("ENOTFOUND") }), { errors: "none" }))).toBe(
      true,
    );
  });

  test("behavior: errors that name each other end", () => {
    const one = new Error("one");
    one.cause = new Error("other", { cause: one });
    expect(isUnsent(one)).toBe(false);
    const many = new AggregateError([]);
    many.errors = [many, many];
    expect(isUnsent(many)).toBe(false);
  });
});
