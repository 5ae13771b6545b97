import { describe, expect, test } from "vitest";
import { buildPairUri } from "./buildPairUri.js";

describe("buildPairUri", () => {
  test("default", () => {
    expect(buildPairUri({ sessionId: "abc", scheme: "sigil" })).toBe("sigil://pair?session=abc");
    expect(buildPairUri({ sessionId: "abc", scheme: "https" })).toBe(
      "https://sigilvault.xyz/pair?session=abc",
    );
  });

  test("parameters: validationCode", () => {
    expect(buildPairUri({ sessionId: "abc", scheme: "https", validationCode: "012345" })).toBe(
      "https://sigilvault.xyz/pair?session=abc&v=012345",
    );
    expect(buildPairUri({ sessionId: "abc", scheme: "sigil", validationCode: "012345" })).toBe(
      "sigil://pair?session=abc&v=012345",
    );
  });

  test("behavior: the session id can neither add a parameter nor end the query", () => {
    const sessionId = "a&v=999999#x /é?";
    const uri = new URL(buildPairUri({ sessionId, scheme: "https" }));
    expect([...uri.searchParams]).toEqual([["session", sessionId]]);
    expect(uri.hash).toBe("");
  });
});
