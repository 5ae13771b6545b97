import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "./base64url.js";

describe("base64url", () => {
  test("default", () => {
    expect(toBase64Url(Uint8Array.of(251, 255))).toBe("-_8");
    expect(fromBase64Url("-_8")).toEqual(Uint8Array.of(251, 255));
    expect(fromBase64Url("")).toEqual(new Uint8Array());
  });

  test.each(["-_8=", "+/8", "-_9", " -_8", "-_8\n", "A", "-_8é"])("parameters: %j is none", (text) => {
    expect(fromBase64Url(text)).toBeUndefined();
  });

  test("behavior: every value has one spelling, Node's", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect(fromBase64Url(text)).toEqual(bytes);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[\w=+/-]{0,12}$/), (text) => {
        const bytes = fromBase64Url(text);
        if (bytes !== undefined) expect(toBase64Url(bytes)).toBe(text);
      }),
    );
  });
});
