import { ConfigError } from "@sigil/astrotrain";
import { describe, expect, test } from "vitest";
import { refuseHash, requireFreshMessage, requireFreshNonce, requireFreshTypedData } from "./freshness.js";

const now = Math.floor(Date.now() / 1000);
const refusal = (field: string) => expect.objectContaining({ name: "ConfigError", field });

describe("requireFreshNonce", () => {
  test("default: a chain and a nonce, zero included", () => {
    for (const chainId of [1, 1n, "1", "0x1"])
      expect(() => requireFreshNonce("transaction", { chainId, nonce: 0 })).not.toThrow();
  });

  test.each([
    ["chainId", { nonce: 1 }],
    ["chainId", { chainId: 0, nonce: 1 }],
    ["chainId", { chainId: 0n, nonce: 1 }],
    ["chainId", { chainId: null, nonce: 1 }],
    ["nonce", { chainId: 1 }],
    ["nonce", { chainId: 1, nonce: null }],
  ])("behavior: without %s it is refused, %o", (field, fields) => {
    for (const what of ["transaction", "authorization"] as const)
      expect(() => requireFreshNonce(what, fields)).toThrow(refusal(`${what}.${field}`));
  });
});

describe("requireFreshTypedData", () => {
  const check = (message: Record<string, unknown>) =>
    requireFreshTypedData(
      Object.keys(message).map((name) => ({ name })),
      message,
    );

  test("default: a nonce, or a time limit that is still to come", () => {
    check({ owner: "0x", nonce: 0n });
    for (const name of [
      "deadline",
      "sigDeadline",
      "validBefore",
      "validTo",
      "expiry",
      "expiration",
      "endTime",
    ])
      for (const value of [now + 60, BigInt(now + 60), `${now + 60}`, `0x${(now + 60).toString(16)}`])
        check({ [name]: value });
  });

  test("parameters: dates as text", () => {
    check({ expirationTime: new Date(Date.now() + 60_000).toISOString() });
  });

  test.each([
    ["nothing of the kind", { contents: "hello" }],
    ["a limit in the past", { deadline: now - 1 }],
    ["the limit zero", { deadline: 0 }],
    ["milliseconds, which a contract reads as seconds", { deadline: Date.now() + 60_000 }],
    ["an empty nonce", { nonce: "" }],
    ["a nonce that is no number", { nonce: {} }],
    ["a limit that never comes", { deadline: 2n ** 256n - 1n }],
    ["an empty text", { deadline: "" }],
    ["text that is no date", { deadline: "soon" }],
    ["no value", { deadline: undefined, nonce: undefined }],
    ["a limit that lies deeper", { details: { deadline: now + 60 } }],
  ])("behavior: %s is refused", (_, message) => {
    expect(() => check(message)).toThrow(refusal("message"));
  });

  test("behavior: what is not among the type's fields is not signed, and doesn't count", () => {
    const message = { contents: "hello", deadline: now + 60, nonce: 1 };
    expect(() => requireFreshTypedData([{ name: "contents" }], message)).toThrow(ConfigError);
  });
});

describe("requireFreshMessage", () => {
  const lines = (limit: string, nonce = "abcd1234") =>
    `example.com wants you to sign in with your Ethereum account:\n0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266\n\n` +
    `URI: https://example.com\nVersion: 1\nChain ID: 1\nNonce: ${nonce}\nIssued At: 2026-01-01T00:00:00Z\n` +
    `Expiration Time: ${limit}`;
  const later = new Date(Date.now() + 60_000).toISOString();

  test("default: a sign-in with nonce and expiration", () => {
    expect(() => requireFreshMessage(lines(later))).not.toThrow();
  });

  test.each([
    ["other text", "hello"],
    ["other text with such lines", `Nonce: abcd1234\nExpiration Time: ${later}`],
    ["an expiration in the past", lines("2020-01-01T00:00:00Z")],
    ["an expiration that is no time", lines("tomorrow")],
    ["no expiration", lines(later).split("\nExpiration")[0] ?? ""],
    ["no nonce", lines(later).replace(/Nonce: .*\n/, "")],
    ["a nonce too short", lines(later, "1")],
    ["two expirations", `${lines(later)}\nExpiration Time: 2020-01-01T00:00:00Z`],
  ])("behavior: %s is refused", (_, text) => {
    expect(() => requireFreshMessage(text)).toThrow(refusal("message"));
  });
});

test("behavior: a bare hash is refused", () => {
  expect(refuseHash).toThrow(refusal("hash"));
});
