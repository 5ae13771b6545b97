import { describe, expect, test } from "vitest";
import { decodeErrorCode } from "./errorCode.js";
import { isRefusal } from "./isRefusal.js";

const body = (value: unknown): string => JSON.stringify(value);

describe("isRefusal", () => {
  test("default", () => {
    expect(isRefusal(body({ error: { code: "user_rejected" }, request_id: "r-1" }))).toBe(true);
  });

  test.each([
    ["no code", body({ error: {}, request_id: "r-1" })],
    ["an empty code", body({ error: { code: "" }, request_id: "r-1" })],
    ["a number as code", body({ error: { code: 7 }, request_id: "r-1" })],
    ["no error", body({ request_id: "r-1" })],
    ["null as error", body({ error: null, request_id: "r-1" })],
    ["no request_id", body({ error: { code: "user_rejected" } })],
    ["an empty request_id", body({ error: { code: "user_rejected" }, request_id: "" })],
    ["a number as request_id", body({ error: { code: "user_rejected" }, request_id: 7 })],
    ["null", "null"],
    ["a page", "<h1>Bad gateway</h1>"],
    ["nothing", ""],
  ])("behavior: %s is none", (_, text) => {
    expect(isRefusal(text)).toBe(false);
  });
});

describe("decodeErrorCode", () => {
  test.each(["user_rejected", "e2", "a".repeat(64)])("parameters: %s", (code) => {
    expect(decodeErrorCode(body({ error: { code } }))).toBe(code);
  });

  test.each([
    ["not a word", body({ error: { code: "no: user" } })],
    ["in capitals", body({ error: { code: "NO" } })],
    ["a word with something before it", body({ error: { code: "<b>no" } })],
    ["a word with something after it", body({ error: { code: "no\n" } })],
    ["empty", body({ error: { code: "" } })],
    ["too long", body({ error: { code: "a".repeat(65) } })],
    ["a number", body({ error: { code: 7 } })],
    ["a list of one word", body({ error: { code: ["no"] } })],
    ["missing", body({ error: {} })],
    ["of no error", body({ error: null })],
    ["of no object", "null"],
    ["in a page", "<h1>no</h1>"],
  ])("behavior: a code that is %s is none", (_, text) => {
    expect(decodeErrorCode(text)).toBeUndefined();
  });
});
