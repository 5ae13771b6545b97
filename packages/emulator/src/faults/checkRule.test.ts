import { describe, expect, test } from "vitest";
import { createEmulator, type FaultRule } from "../index.js";

const { faults } = createEmulator();
const add = (rule: object) => () => faults.add(rule as FaultRule);
const reset = { kind: "reset" };

describe("faults.add", () => {
  test.each([
    [
      undefined,
      TypeError,
      'The rule must be an object: { route: "sign", fault: { kind: "reset" } }, for instance.',
    ],
    [{ route: "signs", fault: reset }, RangeError, 'route must be one of "*", "createPairSession", '],
    [
      { route: "sign", fault: reset, call: 1 },
      TypeError,
      "call is no field here: use route, calls, after, fault.",
    ],
    [{ route: "sign", fault: reset, calls: 0 }, RangeError, "calls must be a whole number, 1 or more."],
    [
      { route: "sign", fault: reset, calls: [1, 1.5] },
      RangeError,
      "calls[1] must be a whole number, 1 or more.",
    ],
    [
      { route: "sign", fault: reset, calls: "all" },
      TypeError,
      "calls must be a number, a list of numbers or a ",
    ],
    [{ route: "sign", fault: reset, after: -1 }, RangeError, "after must be a whole number, 0 or more."],
    [{ route: "sign" }, TypeError, "fault must be an object"],
    [{ route: "sign", fault: { kind: "explode" } }, RangeError, 'fault.kind must be one of "refuse", '],
    [{ route: "sign", fault: { kind: "toString" } }, RangeError, "fault.kind must be one of "],
    [
      { route: "sign", fault: { kind: "reset", byte: 1 } },
      TypeError,
      "fault.byte is no field here: use kind, ",
    ],
    [
      { route: "sign", fault: { kind: "reset", handled: 1 } },
      TypeError,
      "fault.handled must be true or false.",
    ],
    [{ route: "sign", fault: { kind: "truncate" } }, TypeError, "fault.bytes must be a number."],
    [
      { route: "sign", fault: { kind: "status", status: 200 } },
      RangeError,
      "fault.status must be a whole number, from 400 to 599.",
    ],
    [
      { route: "sign", fault: { kind: "status", status: 503, retryAfter: 2 } },
      TypeError,
      "fault.retryAfter must be a string.",
    ],
    [
      { route: "sign", fault: { kind: "redirect", status: 307, location: "a\nb" } },
      TypeError,
      "fault.location must be printable ASCII",
    ],
    [
      { route: "sign", fault: { kind: "latency", ms: Number.NaN } },
      RangeError,
      "fault.ms must be from 0 to ",
    ],
    [
      { route: "sign", fault: { kind: "bomb", encoding: "zip", bytes: 1 } },
      RangeError,
      'fault.encoding must be one of "gzip", "br", "deflate".',
    ],
    [
      { route: "sign", fault: { kind: "answer", body: {} } },
      TypeError,
      "fault.body must be a string or a Uint8Array.",
    ],
    [
      { route: "sign", fault: { kind: "answer", body: "", headers: { a: 1 } } },
      TypeError,
      'fault.headers["a"] must be a string.',
    ],
    [
      { route: "sign", fault: { kind: "cut" } },
      TypeError,
      'route must be awaitPairResult or subscribeToEvents, or "*", for a fault of kind "cut".',
    ],
    [
      { route: "validateSpKey", fault: { kind: "wrongKey", party: "sp" } },
      TypeError,
      'route must be sign, or "*", for a fault',
    ],
  ])("parameters: %j", (rule, type, message) => {
    expect(add(rule as object)).toThrow(type as typeof Error);
    expect(add(rule as object)).toThrow(message as string);
  });
});
