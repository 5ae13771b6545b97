import { inspect } from "node:util";
import { expect, test } from "vitest";
import { withoutSecret } from "./withoutSecret.js";

const secret = "sk_test_canary_01";

test("default: what doesn't hold it is handed on as it is", () => {
  const cause = new TypeError("fetch failed", {
    cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }),
  });
  expect(withoutSecret(cause, secret)).toBe(cause);
  expect(withoutSecret("enough", secret)).toBe("enough");
  expect(withoutSecret(undefined, secret)).toBeUndefined();
});

test.each([
  [
    "a field of bytes",
    Object.assign(new Error("parse"), { code: "HPE_INVALID", data: Buffer.from(`x ${secret}`) }),
  ],
  ["a message", new Error(`Bearer ${secret} is wrong`)],
  ["a code", Object.assign(new Error("x"), { code: secret })],
  ["a symbol's value", Object.assign(new Error("x"), { [Symbol("request")]: { headers: [["a", secret]] } })],
  ["one of several errors", new AggregateError([new Error(secret)], "all failed")],
])("behavior: %s that holds it is left out", (_, inner) => {
  const shown = withoutSecret(new TypeError("fetch failed", { cause: inner }), secret) as Error;
  expect(inspect(shown, { depth: null, showHidden: true })).not.toContain(secret);
  expect(shown).toMatchObject({ name: "TypeError", message: "fetch failed" });
  expect(shown.cause).toBeInstanceOf(Error);
});

test("behavior: keeps the code, by which callers tell failures apart", () => {
  const cause = Object.assign(new Error("parse"), { code: "HPE_INVALID", data: secret });
  expect(withoutSecret(cause, secret)).toMatchObject({ message: "parse", code: "HPE_INVALID" });
});

test("behavior: circles and getters that throw are no obstacle", () => {
  const circle = Object.assign(new Error("circle"), { self: undefined as unknown });
  circle.self = circle;
  Object.defineProperty(circle, "bad", {
    get: () => {
      throw new Error();
    },
  });
  expect(withoutSecret(circle, secret)).toBe(circle);
});

test("behavior: a word that may stand anywhere is no secret", () => {
  const cause = new Error("user");
  expect(withoutSecret(cause, "user")).toBe(cause);
});
