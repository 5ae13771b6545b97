import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  type Answer,
  access,
  frame,
  json,
  refusal,
  rejection,
  scriptedOctane,
  sse,
} from "../../test/scriptedOctane.js";
import {
  awaitPairResult,
  createPairSession,
  getEnabledWallets,
  isPairRevoked,
  PairError,
  revokePairing,
  subscribeToEvents,
  validateSpKey,
} from "./index.js";

const sessionId = "s-1";
const pairId = "3c1f2f3a-0000-4000-8000-000000000001";
const session = {
  session_id: sessionId,
  pair_uri: "https://sigilvault.xyz/pair?session=s-1",
  expires_at: "2026-01-01T00:05:00Z",
};
const completed = {
  kind: "pair_completed",
  pair_id: pairId,
  session_id: sessionId,
  sp_user_ref: "user-42",
  bindings: [{ chain: "ethereum", wallet_index: 0, access: "sign", address: "0xabc" }],
  completed_at: "2026-01-01T00:01:00Z",
};
const create = { spUserRef: "user-42", requestedScopes: [{ chain: "ethereum", access: "sign" }] } as const;
const signature = "A".repeat(86);
const device_public_key = "A".repeat(43);

describe("createPairSession", () => {
  test("default", async () => {
    const octane = scriptedOctane(json(session, { status: 201 }));
    expect(await createPairSession({ ...access, ...create, fetch: octane.fetch })).toEqual(session);
    expect(octane.seen).toMatchObject([
      {
        method: "POST",
        url: "https://octane.example/sp/pair/sessions",
        body: {
          sp_user_ref: "user-42",
          requested_scopes: [{ chain: "ethereum", access: "sign" }],
          expires_in_secs: 300,
        },
      },
    ]);
    expect(octane.seen[0]?.headers.get("idempotency-key")).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(octane.seen[0]?.headers.get("content-type")).toBe("application/json");
  });

  test("parameters: all of them", async () => {
    const octane = scriptedOctane(
      json({ ...session, return_url: "https://you.com/back", extra: 1 }, { status: 201 }),
    );
    const result = await createPairSession({
      ...access,
      ...create,
      expiresInSecs: 600,
      returnUrl: "https://you.com/back",
      clientMeta: { plan: "pro" },
      fetch: octane.fetch,
    });
    expect(result).toEqual({ ...session, return_url: "https://you.com/back" });
    expect(octane.seen[0]?.body).toMatchObject({
      expires_in_secs: 600,
      return_url: "https://you.com/back",
      client_meta: { plan: "pro" },
    });
  });

  test("behavior: through a proxy of the SP's", async () => {
    const octane = scriptedOctane(json(session, { status: 201 }));
    await createPairSession({
      octaneUrl: "/api/",
      apiKey: "proxied-server-side",
      ...create,
      fetch: octane.fetch,
    });
    expect(octane.seen[0]?.url).toBe("/api/sp/pair/sessions");
  });
});

describe("awaitPairResult", () => {
  test("default", async () => {
    const octane = scriptedOctane(sse([": keep-alive\n\n", frame(completed)], { open: true }));
    expect(await awaitPairResult({ ...access, sessionId, fetch: octane.fetch })).toEqual(completed);
    expect(octane.seen).toMatchObject([
      { method: "GET", url: "https://octane.example/sp/pair/sessions/s-1/result" },
    ]);
  });

  test("behavior: a rejection may come without a reason", async () => {
    const octane = scriptedOctane(
      sse([frame({ kind: "pair_rejected", completed_at: "2026-01-01T00:01:00Z" })]),
    );
    expect(await rejection(awaitPairResult({ ...access, sessionId, fetch: octane.fetch }))).toMatchObject({
      kind: "rejected",
      reason: "",
    });
  });

  test.each(["x-own", "gzip, x-own", "gzip,gzip,gzip,gzip,gzip,gzip"])(
    "behavior: a content coding of %s is refused, in a stream and in JSON",
    async (coding) => {
      const headers = { "content-encoding": coding };
      const stream = sse([frame(completed)]);
      stream.headers.set("content-encoding", coding);
      for (const answer of [stream, json(completed, { headers })]) {
        const octane = scriptedOctane(answer);
        const error = await rejection(awaitPairResult({ ...access, sessionId, fetch: octane.fetch }));
        expect(error).toMatchObject({
          kind: "deserialise",
          cause: { message: expect.stringContaining("coding") },
        });
        expect(octane.seen).toHaveLength(1);
      }
    },
  );

  test("behavior: a binding may come without its address", async () => {
    const bindings = [{ chain: "solana", wallet_index: 1, access: "read" }];
    const octane = scriptedOctane(sse([frame({ ...completed, bindings })]));
    expect((await awaitPairResult({ ...access, sessionId, fetch: octane.fetch })).bindings).toEqual(bindings);
  });

  test("behavior: a rejection", async () => {
    const rejected = { kind: "pair_rejected", reason: "not me", completed_at: "2026-01-01T00:01:00Z" };
    const octane = scriptedOctane(sse([frame(rejected)]));
    const error = await rejection(awaitPairResult({ ...access, sessionId, fetch: octane.fetch }));
    expect(error).toBeInstanceOf(PairError);
    expect(error).toMatchObject({ kind: "rejected", reason: "not me", completed_at: rejected.completed_at });
  });

  test("behavior: an expiry", async () => {
    const octane = scriptedOctane(
      sse([frame({ kind: "pair_expired", completed_at: "2026-01-01T00:05:00Z" })]),
    );
    const error = await rejection(awaitPairResult({ ...access, sessionId, fetch: octane.fetch }));
    expect(error).toMatchObject({ name: "PairError", kind: "expired", completed_at: "2026-01-01T00:05:00Z" });
  });

  test("behavior: another session's result is refused", async () => {
    const octane = scriptedOctane(sse([frame({ ...completed, session_id: "s-2" })]));
    const error = await rejection(awaitPairResult({ ...access, sessionId, fetch: octane.fetch }));
    expect(error).toMatchObject({ kind: "deserialise" });
  });
});

describe("validateSpKey", () => {
  test("default", async () => {
    const octane = scriptedOctane(json({ signature, device_public_key }));
    const result = await validateSpKey({ ...access, pairId, code: "012345", fetch: octane.fetch });
    expect(result).toEqual({ signature, device_public_key });
    expect(octane.seen).toMatchObject([
      {
        method: "POST",
        url: "https://octane.example/sp/pair/validate",
        body: { pair_id: pairId, code: "012345" },
      },
    ]);
  });

  test("behavior: a wrong code, without the code in the error", async () => {
    const octane = scriptedOctane(refusal(403, "wrong_validation_code"));
    const error = await rejection(validateSpKey({ ...access, pairId, code: "918273", fetch: octane.fetch }));
    expect(error).toMatchObject({ kind: "http", status: 403, code: "wrong_validation_code" });
    expect(String(error)).not.toContain("918273");
    expect(octane.seen).toHaveLength(1);
  });
});

/** All that can be seen of an error. */
const shown = (error: unknown): string => inspect(error, { depth: null, showHidden: true });

describe("what octane repeats", () => {
  test.each(["pair_rejected", "pair_expired"])("behavior: no key shows in the fields of %s", async (kind) => {
    const repeated = `no session for Bearer ${access.apiKey}`;
    const octane = scriptedOctane(sse([frame({ kind, reason: repeated, completed_at: repeated })]));
    const error = await rejection(awaitPairResult({ ...access, sessionId, fetch: octane.fetch }));
    expect(error).toMatchObject({ completed_at: "no session for Bearer [api key]" });
    if (kind === "pair_rejected") expect(error).toMatchObject({ reason: "no session for Bearer [api key]" });
    expect(shown(error)).not.toContain(access.apiKey);
  });

  const validate = (answer: Answer): Promise<unknown> =>
    rejection(validateSpKey({ ...access, pairId, code: "918273", fetch: scriptedOctane(answer).fetch }));

  test("behavior: no validation code shows in the body of a refusal", async () => {
    const error = await validate(({ body }) => new Response(`<pre>${JSON.stringify(body)}`, { status: 502 }));
    expect(error).toMatchObject({ kind: "http", body: expect.stringContaining("[validation code]") });
    expect(shown(error)).not.toContain("918273");
  });

  test("behavior: no validation code shows in the cause of a failure", async () => {
    const data = Buffer.from('HTTP {"code":"918273"}');
    const error = await validate(
      new TypeError("fetch failed", {
        cause: Object.assign(new Error("parse"), { data, code: "HPE_INVALID" }),
      }),
    );
    expect(error).toMatchObject({ kind: "network", cause: { cause: { code: "HPE_INVALID" } } });
    expect(error).not.toHaveProperty("cause.cause.data");
  });

  test("behavior: a message with the validation code is told without it", async () => {
    expect(shown(await validate(new TypeError("918273 is wrong")))).not.toContain("918273");
  });
});

describe("getEnabledWallets", () => {
  test("default", async () => {
    const entries = [{ chain: "ethereum", wallet_index: 0, address: "0xabc", read: true, sign: true }];
    const octane = scriptedOctane(json({ entries, extra: 1 }));
    expect(await getEnabledWallets({ ...access, pairId, fetch: octane.fetch })).toEqual({ entries });
    expect(octane.seen).toMatchObject([
      { method: "GET", url: `https://octane.example/sp/pairings/${pairId}/wallets` },
    ]);
  });
});

describe("subscribeToEvents", () => {
  test("default", async () => {
    const event = { kind: "pair_revoked", pair_id: pairId, revoked_at_ms: 1_767_225_600_000 };
    const octane = scriptedOctane(sse([frame(event)]));
    const received = await subscribeToEvents({ ...access, pairId, fetch: octane.fetch });
    expect(received).toEqual(event);
    expect(isPairRevoked(received)).toBe(true);
    expect(octane.seen).toMatchObject([
      { method: "GET", url: `https://octane.example/sp/pairings/${pairId}/events` },
    ]);
  });

  test("behavior: an event of an unknown kind comes as it is, but for what would pollute a copy", async () => {
    const octane = scriptedOctane(
      sse(['data: {"kind":"new_in_v9","a":{"b":1},"__proto__":{"polluted":1}}\n\n']),
    );
    const event = await subscribeToEvents({ ...access, pairId, fetch: octane.fetch });
    expect(event).toEqual({ kind: "new_in_v9", a: { b: 1 } });
    expect(isPairRevoked(event)).toBe(false);
    expect(Object.hasOwn(event, "__proto__")).toBe(false);
  });
});

describe("revokePairing", () => {
  test("default", async () => {
    const row = { revoked: true, pair_id: pairId, revoked_at_ms: 1_767_225_600_000 };
    const octane = scriptedOctane(json(row));
    expect(await revokePairing({ ...access, pairId, fetch: octane.fetch })).toEqual(row);
    expect(octane.seen).toMatchObject([
      { method: "DELETE", url: `https://octane.example/sp/pairings/${pairId}` },
    ]);
  });

  test("behavior: another pair's answer is none", async () => {
    const revocation = scriptedOctane(json({ revoked: true, pair_id: "p-2" }));
    expect(await rejection(revokePairing({ ...access, pairId, fetch: revocation.fetch }))).toMatchObject({
      kind: "deserialise",
    });
    const event = scriptedOctane(sse([frame({ kind: "pair_revoked", pair_id: "p-2", revoked_at_ms: 1 })]));
    expect(await rejection(subscribeToEvents({ ...access, pairId, fetch: event.fetch }))).toMatchObject({
      kind: "deserialise",
    });
  });

  test("behavior: an answer without a time", async () => {
    const octane = scriptedOctane(json({ revoked: false, pair_id: pairId, revoked_at_ms: null }));
    expect(await revokePairing({ ...access, pairId, fetch: octane.fetch })).toEqual({
      revoked: false,
      pair_id: pairId,
    });
  });
});

const calls = {
  createPairSession: (options: object) => createPairSession({ ...access, ...create, ...options }),
  awaitPairResult: (options: object) => awaitPairResult({ ...access, sessionId, ...options }),
  validateSpKey: (options: object) => validateSpKey({ ...access, pairId, code: "012345", ...options }),
  getEnabledWallets: (options: object) => getEnabledWallets({ ...access, pairId, ...options }),
  subscribeToEvents: (options: object) => subscribeToEvents({ ...access, pairId, ...options }),
  revokePairing: (options: object) => revokePairing({ ...access, pairId, ...options }),
};

describe.each(Object.entries(calls))("every call: %s", (name, call) => {
  test("behavior: a refusal says what happened and what to do", async () => {
    const error = await rejection(call({ fetch: scriptedOctane(refusal(403, "pair_revoked")).fetch }));
    expect(error).toBeInstanceOf(PairError);
    expect(error).toMatchObject({
      kind: "http",
      status: 403,
      code: "pair_revoked",
      body: expect.stringContaining("for a person"),
      message: `${name} failed: octane answered 403 pair_revoked. The pairing was revoked: pair again.`,
    });
  });

  test("behavior: a refusal without a code", async () => {
    const html = new Response("<h1>Forbidden</h1>", {
      status: 403,
      headers: { "content-type": "text/html" },
    });
    const error = await rejection(call({ fetch: scriptedOctane(html).fetch }));
    expect(error).toMatchObject({ kind: "http", status: 403, body: "<h1>Forbidden</h1>" });
    expect(error).not.toHaveProperty("code");
  });

  test("behavior: HTML, an empty object and null are no answers", async () => {
    for (const answer of [
      new Response("<h1>", { headers: { "content-type": "text/html" } }),
      json({}),
      json(null),
    ]) {
      const error = await rejection(call({ fetch: scriptedOctane(answer).fetch }));
      expect(error).toMatchObject({ name: "PairError", kind: "deserialise" });
      expect(String(error)).toContain(name);
    }
  });

  test("behavior: an abort", async () => {
    const controller = new AbortController();
    const fetch = (_: unknown, init: RequestInit): Promise<Response> =>
      new Promise((_, reject) => init.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
    const running = rejection(call({ fetch, signal: controller.signal }));
    const reason = new Error("enough");
    controller.abort(reason);
    expect(await running).toMatchObject({ name: "PairError", kind: "network", cause: reason });
  });

  test("behavior: a time-out", async () => {
    const error = await rejection(call({ fetch: () => new Promise(() => {}), timeoutMs: 5 }));
    expect(error).toMatchObject({
      kind: "network",
      cause: { name: "TimeoutError" },
      message: expect.stringContaining("timeoutMs"),
    });
  });

  test("behavior: the key is in the header and in no error", async () => {
    const echo = new Response(`Bearer ${access.apiKey}`, { status: 400 });
    const octane = scriptedOctane(echo);
    const error = (await rejection(call({ fetch: octane.fetch }))) as Error;
    expect(octane.seen[0]?.headers.get("authorization")).toBe(`Bearer ${access.apiKey}`);
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain(
      access.apiKey,
    );
  });
});
