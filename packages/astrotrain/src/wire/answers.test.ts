import { describe, expect, test } from "vitest";
import { access, frame, json, rejection, scriptedOctane, sse } from "../../test/scriptedOctane.js";
import {
  awaitPairResult,
  createPairSession,
  getEnabledWallets,
  revokePairing,
  subscribeToEvents,
  validateSpKey,
} from "../index.js";
import { decodeSignResult } from "./sign.js";

const of = (bytes: number): string => Buffer.alloc(bytes, 7).toString("base64url");

/** What each call takes for an answer, with all that it may hold. */
const answers = {
  createPairSession: {
    session_id: "s-1",
    pair_uri: "https://sigilvault.xyz/pair?session=s-1",
    expires_at: "2026-01-01T00:05:00Z",
    return_url: "https://app.example",
  },
  awaitPairResult: {
    kind: "pair_completed",
    pair_id: "p-1",
    session_id: "s-1",
    sp_user_ref: "ada",
    bindings: [
      { chain: "ethereum", wallet_index: 0, access: "sign", address: "0x1" },
      { chain: "solana", wallet_index: 1, access: "read", address: "So1" },
    ],
    completed_at: "2026-01-01T00:01:00Z",
  },
  rejected: { kind: "pair_rejected", reason: "not now", completed_at: "2026-01-01T00:01:00Z" },
  expired: { kind: "pair_expired", completed_at: "2026-01-01T00:05:00Z" },
  validateSpKey: { signature: of(64), device_public_key: of(32) },
  getEnabledWallets: {
    entries: [
      { chain: "ethereum", wallet_index: 0, address: "0x1", read: true, sign: true },
      { chain: "solana", wallet_index: 1, address: "So1", read: true, sign: false },
    ],
  },
  subscribeToEvents: { kind: "pair_revoked", pair_id: "p-1", revoked_at_ms: 1_767_225_600_000 },
  revokePairing: { revoked: true, pair_id: "p-1", revoked_at_ms: 1_767_225_600_000 },
  sign: {
    device_signature: of(65),
    octane_signature: of(64),
    sp_signature: of(64),
    request_id: "r-1",
    signed_at: "2026-01-01T00:02:00Z",
  },
} as const;

type Answer = Readonly<Record<string, unknown>>;
type Name = keyof typeof answers;

const stream = (answer: Answer): Response => sse([frame(answer)]);

/** Each call with an octane that gives this answer. */
const calls: Readonly<Record<Name, (answer: unknown) => Promise<unknown>>> = {
  createPairSession: (answer) =>
    createPairSession({
      ...access,
      fetch: scriptedOctane(json(answer, { status: 201 })).fetch,
      spUserRef: "ada",
      requestedScopes: [{ chain: "ethereum", access: "sign" }],
    }),
  awaitPairResult: (answer) =>
    awaitPairResult({ ...access, fetch: scriptedOctane(stream(answer as Answer)).fetch, sessionId: "s-1" }),
  rejected: (answer) => calls.awaitPairResult(answer),
  expired: (answer) => calls.awaitPairResult(answer),
  validateSpKey: (answer) =>
    validateSpKey({
      ...access,
      fetch: scriptedOctane(json(answer)).fetch,
      pairId: "p-1",
      code: "012345",
    }),
  getEnabledWallets: (answer) =>
    getEnabledWallets({ ...access, fetch: scriptedOctane(json(answer)).fetch, pairId: "p-1" }),
  subscribeToEvents: (answer) =>
    subscribeToEvents({ ...access, fetch: scriptedOctane(stream(answer as Answer)).fetch, pairId: "p-1" }),
  revokePairing: (answer) =>
    revokePairing({ ...access, fetch: scriptedOctane(json(answer)).fetch, pairId: "p-1" }),
  sign: async (answer) => decodeSignResult(answer, "secp256k1"),
};

const returned = ["createPairSession", "awaitPairResult", "validateSpKey", "getEnabledWallets"] as const;

test.each([...returned, "subscribeToEvents", "revokePairing", "sign"] as const)(
  "parameters: %s gives all that octane says",
  async (name) => {
    expect(await calls[name](answers[name])).toEqual(answers[name]);
  },
);

test("parameters: awaitPairResult tells how else it ended, with all that octane says", async () => {
  const { reason, completed_at } = answers.rejected;
  expect(await rejection(calls.rejected(answers.rejected))).toMatchObject({
    message: "The user rejected the pairing. See reason.",
    kind: "rejected",
    reason,
    completed_at,
  });
  expect(await rejection(calls.expired(answers.expired))).toMatchObject({
    message: "The session expired before the user approved it: create a new one.",
    kind: "expired",
    completed_at: answers.expired.completed_at,
  });
});

/** What may be missing: `undefined` and `null` are the same. */
const optional: readonly (readonly [Name, string])[] = [
  ["createPairSession", "return_url"],
  ["validateSpKey", "device_public_key"],
  ["revokePairing", "revoked_at_ms"],
];

test.each(optional)("parameters: %s may come without %s", async (name, field) => {
  const { [field]: _, ...rest } = answers[name] as Answer;
  expect(await calls[name](rest)).toEqual(rest);
  expect(await calls[name]({ ...rest, [field]: null })).toEqual(rest);
});

const text = "a non-empty string";
const whole = "a whole number";
const bool = "true or false";

/** Fields, and what each has to be. A path with a number is that of a list's entry. */
const fields: readonly (readonly [Name, path: string, expected: string])[] = [
  ["createPairSession", "session_id", text],
  ["createPairSession", "pair_uri", text],
  ["createPairSession", "expires_at", text],
  ["createPairSession", "return_url", text],
  ["awaitPairResult", "pair_id", text],
  ["awaitPairResult", "session_id", text],
  ["awaitPairResult", "sp_user_ref", text],
  ["awaitPairResult", "completed_at", text],
  ["awaitPairResult", "bindings", "an array"],
  ["awaitPairResult", "bindings[1]", "an object"],
  ["awaitPairResult", "bindings[1].chain", text],
  ["awaitPairResult", "bindings[1].wallet_index", whole],
  ["awaitPairResult", "bindings[1].access", "one of sign, read"],
  ["awaitPairResult", "bindings[1].address", text],
  ["rejected", "completed_at", text],
  ["expired", "completed_at", text],
  ["validateSpKey", "signature", text],
  ["validateSpKey", "device_public_key", text],
  ["getEnabledWallets", "entries", "an array"],
  ["getEnabledWallets", "entries[1]", "an object"],
  ["getEnabledWallets", "entries[1].chain", text],
  ["getEnabledWallets", "entries[1].wallet_index", whole],
  ["getEnabledWallets", "entries[1].address", text],
  ["getEnabledWallets", "entries[1].read", bool],
  ["getEnabledWallets", "entries[1].sign", bool],
  ["subscribeToEvents", "pair_id", text],
  ["subscribeToEvents", "revoked_at_ms", whole],
  ["revokePairing", "revoked", bool],
  ["revokePairing", "pair_id", text],
  ["revokePairing", "revoked_at_ms", whole],
  ["sign", "device_signature", text],
  ["sign", "octane_signature", text],
  ["sign", "sp_signature", text],
  ["sign", "request_id", text],
  ["sign", "signed_at", text],
];

/** What is none of it; empty for a text, negative or broken for a number. */
const wrong: Readonly<Record<string, readonly unknown[]>> = {
  [text]: ["", 7, [], {}, true],
  [whole]: ["7", -1, 1.5, 2 ** 53, true, []],
  [bool]: [0, 1, "true", "", []],
  "an array": [{}, "x", null, 7],
  "an object": [[], "x", null, 7],
  "one of sign, read": ["READ", "write", "", ["sign"], 0],
};

/** A copy of `answer` with `value` at `path`; without it where `value` is `missing`. */
const missing = Symbol("missing");
function set(answer: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(answer) as Record<string, unknown>;
  const steps = path.replace(/\[(\d+)\]/g, ".$1").split(".");
  const last = steps.pop() ?? "";
  const parent = steps.reduce((at, step) => at[step] as Record<string, unknown>, copy);
  if (value === missing) delete parent[last];
  else parent[last] = value;
  return copy;
}

const messageOf = async (call: Promise<unknown>): Promise<string> => {
  const error = (await rejection(call)) as Error & { cause?: unknown };
  return error.cause instanceof Error ? error.cause.message : error.message;
};

const mayBeMissing = (name: Name, path: string): boolean =>
  path === "bindings[1].address" || optional.some(([call, field]) => call === name && field === path);

test.each(fields)("behavior: %s: %s has to be %s", async (name, path, expected) => {
  const values = [
    ...(wrong[expected] ?? []),
    ...(mayBeMissing(name, path) || path.endsWith("]") ? [] : [missing]),
  ];
  expect(values.length).toBeGreaterThan(3);
  for (const value of values) {
    expect(await messageOf(calls[name](set(answers[name], path, value))), String(value)).toBe(
      `octane's answer: ${path} is not ${expected}`,
    );
  }
});

const lengths: readonly (readonly [Name, field: string, expected: string])[] = [
  ["validateSpKey", "signature", "64"],
  ["validateSpKey", "device_public_key", "32"],
  ["sign", "device_signature", "64 or 65"],
  ["sign", "octane_signature", "64"],
  ["sign", "sp_signature", "64"],
];

test.each(lengths)("behavior: %s: %s has to be base64url of %s bytes", async (name, field, expected) => {
  const taken = expected.split(" or ").map(Number);
  for (const bytes of [31, 32, 33, 63, 64, 65, 66]) {
    const answer = { ...answers[name], [field]: of(bytes) };
    if (taken.includes(bytes)) expect(await calls[name](answer)).toEqual(answer);
    else
      expect(await messageOf(calls[name](answer)), String(bytes)).toBe(
        `octane's answer: ${field} is not base64url of ${expected} bytes`,
      );
  }
  const good = String((answers[name] as Answer)[field]);
  for (const form of [`${good}=`, `${good.slice(1)}+`, `0x${"07".repeat(64)}`]) {
    expect(await messageOf(calls[name]({ ...answers[name], [field]: form })), form).toBe(
      `octane's answer: ${field} is not base64url of ${expected} bytes`,
    );
  }
});

test("behavior: for Ed25519 the device's signature has 64 bytes", () => {
  const answer = { ...answers.sign, device_signature: of(64) };
  expect(decodeSignResult(answer, "ed25519")).toEqual(answer);
  expect(() => decodeSignResult(answers.sign, "ed25519")).toThrow(
    "octane's answer: device_signature is not base64url of 64 bytes",
  );
});

describe("behavior: an answer to another question is none", () => {
  test.each([
    ["awaitPairResult", "session_id"],
    ["subscribeToEvents", "pair_id"],
    ["revokePairing", "pair_id"],
  ] as const)("%s", async (name, field) => {
    expect(await messageOf(calls[name]({ ...answers[name], [field]: "another" }))).toBe(
      `octane's answer: ${field} is not the one that was asked for`,
    );
  });
});

test.each(["createPairSession", "validateSpKey", "getEnabledWallets", "revokePairing"] as const)(
  "behavior: %s: an answer that is no object is none",
  async (name) => {
    for (const answer of [null, [], "x", 7, true]) {
      expect(await messageOf(calls[name](answer))).toBe("octane's answer: the body is not an object");
    }
  },
);

test("behavior: a field of the answer's prototype is none of the answer's", async () => {
  const { pair_id: _, ...rest } = answers.revokePairing;
  const body = `{"__proto__":{"pair_id":"p-1"},${JSON.stringify(rest).slice(1)}`;
  const response = new Response(body, { headers: { "content-type": "application/json" } });
  const call = revokePairing({ ...access, fetch: scriptedOctane(response).fetch, pairId: "p-1" });
  expect(await messageOf(call)).toBe(`octane's answer: pair_id is not ${text}`);
});
