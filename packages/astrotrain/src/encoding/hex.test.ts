import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesToHex, hexToBytes } from "./hex.js";

describe("hex", () => {
  test("default", () => {
    expect(bytesToHex(new Uint8Array([0, 15, 255]))).toBe("0x000fff");
    expect(hexToBytes("0x000fff")).toEqual(new Uint8Array([0, 15, 255]));
    expect(hexToBytes("000FFF")).toEqual(new Uint8Array([0, 15, 255]));
    expect(hexToBytes("0x")).toEqual(new Uint8Array());
  });

  test("behavior: every byte array comes back", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(hexToBytes(bytesToHex(bytes))).toEqual(bytes);
      }),
    );
  });

  test.each(["ff", [300], [1, -1], null, undefined, new Uint16Array(1)])(
    "behavior: bytes are bytes, not %j",
    (bytes) => {
      expect(() => bytesToHex(bytes as never)).toThrow(TypeError);
    },
  );

  test.each([
    ["a letter that is no digit", "0xzz", TypeError],
    ["an inner space", "0x0 1", TypeError],
    ["a final line break", "00\n", TypeError],
    ["0X in upper case", "0X00", TypeError],
    ["0x twice", "0x0x00", TypeError],
    ["an odd number of digits", "0x000", RangeError],
    ["a number", 12 as unknown as string, TypeError],
  ])("behavior: refuses %s without repeating it", (_, hex, error) => {
    expect(() => hexToBytes(hex)).toThrow(error);
    expect(() => hexToBytes(hex)).not.toThrow(String(hex));
  });
});
