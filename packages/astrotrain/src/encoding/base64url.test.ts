import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { b64uToBytes, bytesToB64u } from "./base64url.js";

describe("base64url", () => {
  // RFC 4648 section 10, and one with both characters that differ from base64.
  test.each([
    ["", ""],
    ["f", "Zg"],
    ["fo", "Zm8"],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg"],
    ["\xfb\xff", "-_8"],
  ])("default: %j", (text, encoded) => {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    expect(bytesToB64u(bytes)).toBe(encoded);
    expect(b64uToBytes(encoded)).toEqual(bytes);
  });

  test("behavior: agrees with Node's own for every byte array", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(bytesToB64u(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
        expect(b64uToBytes(bytesToB64u(bytes))).toEqual(bytes);
      }),
    );
  });

  test.each([
    ["padding", "Zg=="],
    ["base64's +", "-+8A"],
    ["base64's /", "_/8A"],
    ["white space", "Zm 9v"],
    ["a final line break", "Zm9v\n"],
    ["a length of 4n+1", "Zm9vY"],
    ["stray bits after one byte", "Zh"],
    ["stray bits after two bytes", "Zm9"],
    ["a letter outside ASCII", "Zmé_"],
    ["a number", 12 as unknown as string],
    ["nothing", undefined as unknown as string],
  ])("behavior: refuses %s without repeating it", (_, text) => {
    expect(() => b64uToBytes(text)).toThrow(/^b64uToBytes/);
    expect(() => b64uToBytes(text)).not.toThrow(`"${text}"`);
  });

  test.each(["ff", [300], [1, -1], null, undefined, new Uint16Array(1)])(
    "behavior: bytes are bytes, not %j",
    (bytes) => {
      expect(() => bytesToB64u(bytes as never)).toThrow(TypeError);
    },
  );

  test("behavior: one spelling for each value", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/), (text) => {
        let bytes: Uint8Array;
        try {
          bytes = b64uToBytes(text);
        } catch {
          return;
        }
        expect(bytesToB64u(bytes)).toBe(text);
      }),
    );
  });
});
