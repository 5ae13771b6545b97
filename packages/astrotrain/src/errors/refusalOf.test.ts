import { expect, test } from "vitest";
import { PairError } from "./PairError.js";
import { refusalOf } from "./refusalOf.js";
import { SignError } from "./SignError.js";

const http = (status: number, code?: string) => ({
  kind: "http" as const,
  status,
  body: "",
  ...(code === undefined ? {} : { code }),
});

test.each([
  ["pair_revoked", "revoked"],
  ["pair_pending", "pending"],
  ["user_rejected", "rejected"],
  ["policy_denied", "denied"],
  ["scope_denied", "denied"],
  ["bad_sp_signature", undefined],
  ["constructor", undefined],
  [undefined, undefined],
])("parameters: 403 %s is %s", (code, refusal) => {
  expect(refusalOf(new SignError("", http(403, code)))).toBe(refusal);
  expect(refusalOf(new PairError("", http(403, code)))).toBe(refusal);
});

test("behavior: looks through what hosts wrap around it", () => {
  const cause = new SignError("", http(403, "pair_revoked"));
  expect(refusalOf(new Error("host", { cause: new Error("signer", { cause }) }))).toBe("revoked");
});

test("behavior: what another call's error did to this one says nothing about this pair", () => {
  const reason = new SignError("", http(403, "pair_revoked"));
  const aborted = new SignError("", { kind: "network", cause: reason, outcome: "unknown" });
  expect(refusalOf(new Error("host", { cause: aborted }))).toBeUndefined();
});

test("behavior: anything else is undefined", () => {
  const circle = new Error("circle");
  circle.cause = circle;
  for (const each of [
    circle,
    undefined,
    null,
    "pair_revoked",
    {},
    new SignError("", http(500, "pair_revoked")),
  ])
    expect(refusalOf(each)).toBeUndefined();
});
