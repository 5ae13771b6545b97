import { inspect } from "node:util";
import { ed25519 } from "@noble/curves/ed25519.js";
import { afterEach, describe, expect, test, vi } from "vitest";
import { hedgedSigner } from "../../test/hedgedSigner.js";
import { digest, octaneSeed, spSeed, spSeedText, wallet } from "../../test/keys.js";
import {
  type Answer,
  access,
  json,
  refusal,
  rejection,
  type Seen,
  scriptedOctane,
} from "../../test/scriptedOctane.js";
import { honestAnswer, octanePublicKey, signingOctane } from "../../test/signingOctane.js";
import { b64uToBytes, bytesToB64u } from "../encoding/base64url.js";
import { bytesToHex } from "../encoding/hex.js";
import { ConfigError } from "../errors/ConfigError.js";
import { SignError } from "../errors/SignError.js";
import { AstrotrainClient } from "./AstrotrainClient.js";
import { buildSpMessage } from "./buildSpMessage.js";
import { sign } from "./sign.js";

const seed = { privateKeySeed: spSeed } as const;
const request = { address: wallet, payload: digest, algo: "secp256k1" } as const;

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("AstrotrainClient", () => {
  test("default", async () => {
    const octane = signingOctane();
    const client = new AstrotrainClient({ ...access, ...seed, fetch: octane.fetch });
    const result = await client.sign(request);
    expect(result).toMatchObject({
      request_id: "r-1",
      device_signature: bytesToB64u(new Uint8Array(64).fill(9)),
    });
    expect(octane.seen).toMatchObject([
      {
        method: "POST",
        url: "https://octane.example/sp/sign",
        body: {
          address: wallet,
          payload: bytesToB64u(digest),
          algo: "secp256k1",
          sp_signature: result.sp_signature,
        },
      },
    ]);
    expect(octane.seen[0]?.headers.get("idempotency-key")).toMatch(/^[0-9a-f-]{36}$/);
    const message = buildSpMessage(digest, wallet);
    expect(ed25519.verify(b64uToBytes(result.sp_signature), message, ed25519.getPublicKey(spSeed))).toBe(
      true,
    );
  });

  test("parameters: pairId and chain", async () => {
    const octane = signingOctane();
    await sign({ ...access, ...seed, ...request, pairId: "p-1", chain: "base", fetch: octane.fetch });
    expect(octane.seen[0]?.body).toMatchObject({ pair_id: "p-1", chain: "base" });
  });

  test("parameters: the seed as bytes and as text give the same key", async () => {
    const expected = bytesToB64u(ed25519.getPublicKey(spSeed));
    expect(await new AstrotrainClient({ ...access, privateKeySeed: spSeed }).getPublicKey()).toBe(expected);
    expect(await new AstrotrainClient({ ...access, privateKeySeed: spSeedText }).getPublicKey()).toBe(
      expected,
    );
  });

  test("parameters: a signer instead of the seed", async () => {
    const octane = signingOctane();
    const publicKey = ed25519.getPublicKey(spSeed);
    const signer = { publicKey, sign: (message: Uint8Array) => ed25519.sign(message, spSeed) };
    const client = new AstrotrainClient({ ...access, signer, fetch: octane.fetch });
    expect(await client.getPublicKey()).toBe(bytesToB64u(publicKey));
    const withSeed = await sign({ ...access, ...seed, ...request, fetch: octane.fetch });
    expect((await client.sign(request)).sp_signature).toBe(withSeed.sp_signature);
    const encoded = { ...signer, publicKey: bytesToB64u(publicKey) };
    await sign({ ...access, signer: encoded, ...request, fetch: octane.fetch });
  });

  test.each([
    ["octanePublickey", "octanePublicKey", bytesToB64u(octanePublicKey)],
    ["deduped", "dedupe", true],
    ["timeoutMS", "timeoutMs", 1],
  ])("behavior: %s, where %s is meant, is refused and not ignored", (field, meant, value) => {
    const make = () => new AstrotrainClient({ ...access, ...seed, [field]: value });
    expect(make).toThrow(new ConfigError(field, `is no option; ${meant} is one. Mend its name.`));
  });

  test("behavior: what a call's options hold beside their own is no matter, but for a misspelt one", async () => {
    const octane = signingOctane();
    const client = new AstrotrainClient({ ...access, ...seed, fetch: octane.fetch, region: "eu" } as never);
    await client.sign({ ...request, pair: "p-1", user: "ada" } as never);
    for (const field of ["pairID", "idempotencykey", "chian", "signaal"]) {
      const error = await rejection(client.sign({ ...request, [field]: "p-1" }));
      expect(error).toMatchObject({ name: "ConfigError", field });
    }
    expect(() => client.watchPair({ pairId: "p-1", onRevoke: () => {} } as never)).toThrow(ConfigError);
    expect(octane.seen).toHaveLength(1);
    client.close();
  });

  test("parameters: octanePublicKey", async () => {
    const { fetch } = signingOctane();
    await sign({ ...access, ...seed, ...request, octanePublicKey, fetch });
    await sign({ ...access, ...seed, ...request, octanePublicKey: bytesToB64u(octanePublicKey), fetch });
    const other = ed25519.getPublicKey(spSeed);
    const error = await rejection(sign({ ...access, ...seed, ...request, octanePublicKey: other, fetch }));
    expect(error).toMatchObject({ name: "SignError", kind: "signature_mismatch", party: "octane" });
  });

  test("parameters: fetch for one call", async () => {
    const usual = signingOctane();
    const other = signingOctane();
    const client = new AstrotrainClient({ ...access, ...seed, fetch: usual.fetch });
    await client.sign({ ...request, fetch: other.fetch });
    expect([usual.seen.length, other.seen.length]).toEqual([0, 1]);
  });

  test("behavior: an Ed25519 payload may be of any length", async () => {
    for (const length of [0, 1, 31, 5000]) {
      const octane = signingOctane();
      await sign({
        ...access,
        ...seed,
        address: "abc",
        payload: new Uint8Array(length),
        algo: "ed25519",
        fetch: octane.fetch,
      });
      expect(octane.seen).toHaveLength(1);
    }
  });

  test("behavior: the address goes out as it was given", async () => {
    const octane = signingOctane();
    for (const address of [wallet, wallet.toLowerCase()])
      await sign({ ...access, ...seed, ...request, address, fetch: octane.fetch });
    expect(octane.seen.map(({ body }) => (body as { address: string }).address)).toEqual([
      wallet,
      wallet.toLowerCase(),
    ]);
    const [first, second] = octane.seen.map(({ body }) => (body as { sp_signature: string }).sp_signature);
    expect(first).not.toBe(second);
  });

  test("behavior: inputs changed after the call change nothing", async () => {
    const octane = signingOctane();
    const privateKeySeed = spSeed.slice();
    const client = new AstrotrainClient({ ...access, privateKeySeed, fetch: octane.fetch });
    privateKeySeed.fill(0);
    const payload = digest.slice();
    const options = { ...request, payload };
    const signing = client.sign(options);
    payload.fill(0);
    options.address = "0x0000000000000000000000000000000000000000" as never;
    await signing;
    expect(octane.seen[0]?.body).toMatchObject({ payload: bytesToB64u(digest), address: wallet });
    expect(await client.getPublicKey()).toBe(bytesToB64u(ed25519.getPublicKey(spSeed)));
  });

  test("behavior: a signer that changes its message changes nothing", async () => {
    const octane = signingOctane();
    const signer = {
      publicKey: ed25519.getPublicKey(spSeed),
      sign: (message: Uint8Array) => {
        const signature = ed25519.sign(message, spSeed);
        message.fill(0);
        return signature;
      },
    };
    await sign({ ...access, signer, ...request, fetch: octane.fetch });
    expect(octane.seen[0]?.body).toMatchObject({ payload: bytesToB64u(digest) });
  });

  test.each([
    ["throws", () => Promise.reject(new Error("HSM away")), "HSM away"],
    [
      "throws at once",
      () => {
        throw new Error("HSM away");
      },
      "HSM away",
    ],
    ["returns 63 bytes", () => new Uint8Array(63), undefined],
    ["returns 65 bytes", () => new Uint8Array(65), undefined],
    ["returns zeros", () => new Uint8Array(64), undefined],
    ["returns text", () => bytesToB64u(new Uint8Array(64)) as never, undefined],
    ["returns nothing", () => undefined as never, undefined],
    ["signs with another key", (message: Uint8Array) => ed25519.sign(message, octaneSeed), undefined],
    ["signs another message", () => ed25519.sign(new Uint8Array(74), spSeed), undefined],
  ])("behavior: a signer that %s is signer_failure, and no request leaves", async (_, callback, cause) => {
    const octane = signingOctane();
    const signer = { publicKey: ed25519.getPublicKey(spSeed), sign: callback };
    const error = await rejection(sign({ ...access, signer, ...request, fetch: octane.fetch }));
    expect(error).toBeInstanceOf(SignError);
    expect(error).toMatchObject({ kind: "signer_failure", ...(cause && { cause: { message: cause } }) });
    expect(octane.seen).toHaveLength(0);
  });

  const b64u = (length: number): string => bytesToB64u(new Uint8Array(length));
  test.each([
    ["null", () => null],
    ["an array", () => []],
    ["nothing", () => ({})],
    ["no device_signature", ({ device_signature: _, ...rest }) => rest],
    ["a device_signature of 63 bytes", (answer) => ({ ...answer, device_signature: b64u(63) })],
    ["a device_signature of 66 bytes", (answer) => ({ ...answer, device_signature: b64u(66) })],
    [
      "a device_signature in hexadecimal",
      (answer) => ({ ...answer, device_signature: bytesToHex(new Uint8Array(64)) }),
    ],
    [
      "a padded device_signature",
      (answer) => ({ ...answer, device_signature: `${answer.device_signature}==` }),
    ],
    ["an octane_signature of 63 bytes", (answer) => ({ ...answer, octane_signature: b64u(63) })],
    ["an octane_signature that is a number", (answer) => ({ ...answer, octane_signature: 7 })],
    ["no sp_signature", ({ sp_signature: _, ...rest }) => rest],
    ["an empty request_id", (answer) => ({ ...answer, request_id: "" })],
    ["no signed_at", ({ signed_at: _, ...rest }) => rest],
  ] as [string, (answer: Record<string, unknown>) => unknown][])(
    "behavior: %s is deserialise",
    async (_, spoil) => {
      const octane = scriptedOctane(({ body }) => json(spoil(honestAnswer(body))));
      const error = await rejection(sign({ ...access, ...seed, ...request, fetch: octane.fetch }));
      expect(error).toMatchObject({
        name: "SignError",
        kind: "deserialise",
        message: expect.stringContaining("sign failed"),
      });
    },
  );

  test("behavior: a 65-byte device signature is for secp256k1 alone", async () => {
    const { fetch } = signingOctane((answer) => ({ ...answer, device_signature: b64u(65) }));
    await sign({ ...access, ...seed, ...request, fetch });
    const error = await rejection(sign({ ...access, ...seed, ...request, algo: "ed25519", fetch }));
    expect(error).toMatchObject({ kind: "deserialise" });
  });

  test("behavior: an SP signature other than the one sent is refused", async () => {
    const { fetch } = signingOctane((answer) => ({ ...answer, sp_signature: answer.octane_signature }));
    const error = await rejection(sign({ ...access, ...seed, ...request, fetch }));
    expect(error).toMatchObject({ kind: "signature_mismatch", party: "sp" });
  });

  test("behavior: an API key in place of an id is in neither the answer nor the error", async () => {
    const key = "sk_live_0123456789abcdef";
    const options = { ...access, ...seed, ...request, apiKey: key };
    const told = signingOctane((answer) => ({ ...answer, request_id: `r-${key}` }));
    expect(await sign({ ...options, fetch: told.fetch })).toHaveProperty("request_id", "r-[api key]");
    const wrong = signingOctane((answer) => ({ ...answer, request_id: key, sp_signature: b64u(64) }));
    const error = await rejection(sign({ ...options, fetch: wrong.fetch }));
    expect(error).toMatchObject({ kind: "signature_mismatch" });
    expect(inspect(error)).not.toContain(key);
  });

  test.each([
    [403, "user_rejected", "The user declined"],
    [408, "user_timeout", "did not answer in time"],
    [403, "pair_pending", "validateSpKey"],
    [429, "rate_limited", "retryAfterMs"],
    [503, "appliance_offline", "switch the appliance on"],
    [418, "something_new", "It says: for a person"],
    [400, "bad_request", "It says: for a person"],
  ])("behavior: %i %s is told, once, and not repeated", async (status, code, advice) => {
    const octane = scriptedOctane(refusal(status, code));
    const error = await rejection(sign({ ...access, ...seed, ...request, fetch: octane.fetch }));
    expect(error).toMatchObject({
      name: "SignError",
      kind: "http",
      status,
      code,
      message: expect.stringContaining(advice),
    });
    expect(octane.seen).toHaveLength(1);
  });

  test.each([
    ["never", Object.assign(new Error(), { code: "ECONNREFUSED" }), "not_sent", 3],
    ["perhaps", Object.assign(new Error(), { code: "ECONNRESET" }), "unknown", 1],
  ])("behavior: a request that %s left says so, with its id", async (_, failure, outcome, asked) => {
    const octane = scriptedOctane(failure);
    const error = await rejection(sign({ ...access, ...seed, ...request, fetch: octane.fetch }));
    const keys = octane.seen.map(({ headers }) => headers.get("idempotency-key"));
    expect(error).toMatchObject({ name: "SignError", kind: "network", cause: failure, outcome });
    expect(error).toMatchObject({ idempotencyKey: keys[0] });
    expect(keys).toEqual(Array.from({ length: asked }, () => keys[0]));
  });

  test.each([429, 503])("behavior: put off with %i, it is sent again under the same id", async (status) => {
    const busy = json(
      { error: { code: "rate_limited" }, request_id: "r-1" },
      { status, headers: { "retry-after": "0" } },
    );
    const octane = scriptedOctane(busy, busy, ({ body }) => json(honestAnswer(body)));
    await sign({ ...access, ...seed, ...request, fetch: octane.fetch });
    const sent = octane.seen.map(({ headers, body }) => [headers.get("idempotency-key"), body]);
    expect(sent).toEqual([sent[0], sent[0], sent[0]]);
  });

  test("behavior: put off for longer than the call may take, it says so at once", async () => {
    const octane = scriptedOctane(json({}, { status: 429, headers: { "retry-after": "60" } }));
    const error = await rejection(
      sign({ ...access, ...seed, ...request, fetch: octane.fetch, timeoutMs: 30_000 }),
    );
    expect(error).toMatchObject({ kind: "http", status: 429, retryAfterMs: 60_000 });
    expect(octane.seen).toHaveLength(1);
  });

  test("behavior: refused twice and then cut, the outcome is unknown", async () => {
    const unsent = Object.assign(new Error(), { code: "ECONNREFUSED" });
    const octane = scriptedOctane(unsent, unsent, Object.assign(new Error(), { code: "ECONNRESET" }));
    const error = await rejection(sign({ ...access, ...seed, ...request, fetch: octane.fetch }));
    expect(error).toMatchObject({ kind: "network", outcome: "unknown" });
  });

  test.each([
    ["a 502 by something in between", new Response("<html>", { status: 502 }), "unknown"],
    ["a 503 without a word", refusal(503, "overloaded"), "unknown"],
    ["a 408 of a proxy's", new Response("", { status: 408 }), "unknown"],
    ["a body of another type", new Response("<html>"), "unknown"],
    ["an offline appliance", refusal(503, "appliance_offline"), undefined],
    ["a user too slow", refusal(408, "user_timeout"), undefined],
    ["a refusal", refusal(403, "user_rejected"), undefined],
  ])("behavior: after %s the outcome is %3$s", async (_, answer, outcome) => {
    const octane = scriptedOctane(answer);
    const error = await rejection(sign({ ...access, ...seed, ...request, fetch: octane.fetch }));
    expect((error as { outcome?: string }).outcome).toBe(outcome);
    expect((error as Error).message.includes("idempotencyKey")).toBe(outcome === "unknown");
    expect(octane.seen).toHaveLength(1);
  });

  test("parameters: idempotencyKey", async () => {
    const octane = signingOctane();
    await sign({ ...access, ...seed, ...request, idempotencyKey: "order-7", fetch: octane.fetch });
    expect(octane.seen[0]?.headers.get("idempotency-key")).toBe("order-7");
  });

  test.each(["", "a b", "a\n", "é", "x".repeat(256), 7])(
    "behavior: idempotencyKey %j is refused",
    async (key) => {
      const octane = signingOctane();
      const options = { ...access, ...seed, ...request, idempotencyKey: key as string, fetch: octane.fetch };
      expect(await rejection(sign(options))).toMatchObject({ name: "ConfigError", field: "idempotencyKey" });
      expect(octane.seen).toHaveLength(0);
    },
  );

  test("behavior: time-outs and aborts, before and after the request left", async () => {
    const asked = vi.fn(() => new Promise<Response>(() => {}));
    const hang = { ...access, ...seed, ...request, fetch: asked };
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const timedOut = rejection(sign({ ...hang, timeoutMs: 20 }));
    // The time is up when the request has left, however long that took.
    while (asked.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(20);
    vi.useRealTimers();
    expect(await timedOut).toMatchObject({
      kind: "network",
      cause: { name: "TimeoutError" },
      outcome: "unknown",
    });
    expect(await rejection(sign({ ...hang, signal: AbortSignal.abort("no") }))).toMatchObject({
      kind: "network",
      cause: "no",
      outcome: "not_sent",
    });
    const client = new AstrotrainClient({ ...access, ...seed, fetch: hang.fetch, timeoutMs: 20 });
    expect(await rejection(client.sign(request))).toMatchObject({ cause: { name: "TimeoutError" } });
  });

  test("behavior: a signer that never answers is ended by the time-out, with nothing sent", async () => {
    const octane = signingOctane();
    const signer = { publicKey: ed25519.getPublicKey(spSeed), sign: () => new Promise<never>(() => {}) };
    const error = await rejection(sign({ ...access, signer, ...request, fetch: octane.fetch, timeoutMs: 5 }));
    expect(error).toMatchObject({ kind: "network", outcome: "not_sent" });
    expect(octane.seen).toHaveLength(0);
  });

  test("behavior: a signer that answers after the abort sends nothing", async () => {
    const octane = signingOctane();
    let release: (signature: Uint8Array) => void = () => {};
    let asked = new Uint8Array();
    const signer = {
      publicKey: ed25519.getPublicKey(spSeed),
      sign: (message: Uint8Array) => {
        asked = message.slice();
        return new Promise<Uint8Array>((resolve) => {
          release = resolve;
        });
      },
    };
    const controller = new AbortController();
    const running = rejection(
      sign({ ...access, signer, ...request, fetch: octane.fetch, signal: controller.signal }),
    );
    await vi.waitUntil(() => asked.length > 0);
    controller.abort("enough");
    expect(await running).toMatchObject({ outcome: "not_sent" });
    release(ed25519.sign(asked, spSeed));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(octane.seen).toHaveLength(0);
  });

  test("behavior: a browser is refused, and told to use a proxy", () => {
    vi.stubGlobal("window", {});
    vi.stubGlobal("document", {});
    const make = (): unknown => new AstrotrainClient({ ...access, ...seed });
    expect(make).toThrow(ConfigError);
    expect(make).toThrow(/proxy/);
  });

  test("behavior: nothing secret shows", async () => {
    const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed });
    await client.getPublicKey();
    const shown = [
      inspect(client, { depth: null, showHidden: true }),
      JSON.stringify(client),
      String(Object.keys(client)),
    ].join();
    for (const secret of [access.apiKey, spSeedText, bytesToHex(spSeed).slice(2)])
      expect(shown).not.toContain(secret);
  });
});

describe("an answer that was lost", () => {
  const keysOf = ({ seen }: ReturnType<typeof scriptedOctane>) =>
    seen.map(({ headers }) => headers.get("idempotency-key"));
  const reset = Object.assign(new Error(), { code: "ECONNRESET" });
  const honest: Answer = ({ body }) => json(honestAnswer(body));

  test("behavior: asked for again, it keeps its id; the call after that has a new one", async () => {
    const octane = scriptedOctane(reset, reset, honest, honest);
    const client = new AstrotrainClient({ ...access, ...seed, fetch: octane.fetch });
    const first = await rejection(client.sign(request));
    await rejection(client.sign(request));
    await client.sign(request);
    await client.sign(request);
    const [one, two, three, four] = keysOf(octane);
    expect(first).toMatchObject({ outcome: "unknown", idempotencyKey: one });
    expect([two, three]).toEqual([one, one]);
    expect(four).not.toBe(one);
  });

  const unsent = Object.assign(new Error(), { code: "ECONNREFUSED" });

  test.each([
    ["that never left", [unsent, unsent, unsent]],
    ["that was put off", [refusal(429, "rate_limited")]],
    ["with a wrong key", [refusal(401, "unauthorized")]],
    ["while the appliance is offline", [refusal(503, "appliance_offline")]],
    ["that ended at a proxy's 404", [new Response("<html>", { status: 404 })]],
    ["that ended at a firewall's 403", [new Response("no", { status: 403 })]],
    [
      "whose answer was another's",
      [({ body }: Seen) => json({ ...honestAnswer(body), sp_signature: "A".repeat(86) })],
    ],
  ])("behavior: a try %s leaves open what was open", async (_, answers) => {
    const octane = scriptedOctane(reset, ...answers, honest);
    const client = new AstrotrainClient({ ...access, ...seed, fetch: octane.fetch });
    await rejection(client.sign(request));
    await rejection(client.sign(request));
    await rejection(client.sign({ ...request, signal: AbortSignal.abort() }));
    await client.sign(request);
    expect(new Set(keysOf(octane)).size).toBe(1);
  });

  test("behavior: the SP's signature stays the same, even by a signer that never gives the same", async () => {
    const octane = scriptedOctane(reset, ({ body }) => json(honestAnswer(body)));
    const client = new AstrotrainClient({
      ...access,
      signer: hedgedSigner(),
      fetch: octane.fetch,
    });
    await rejection(client.sign(request));
    await client.sign(request);
    expect(octane.seen[1]?.body).toEqual(octane.seen[0]?.body);
  });

  test("behavior: two that were lost at once are both had again", async () => {
    const lost: Answer = async () => {
      await vi.waitUntil(() => octane.seen.length === 2);
      throw reset;
    };
    const octane = scriptedOctane(lost, lost, honest);
    const client = new AstrotrainClient({ ...access, ...seed, fetch: octane.fetch });
    await Promise.all([rejection(client.sign(request)), rejection(client.sign(request))]);
    await Promise.all([client.sign(request), client.sign(request)]);
    const [one, two, three, four] = keysOf(octane);
    expect([three, four].sort()).toEqual([one, two].sort());
  });

  test("behavior: once it was had, by its id, the same is asked for anew", async () => {
    const octane = scriptedOctane(reset, honest, honest);
    const client = new AstrotrainClient({ ...access, ...seed, fetch: octane.fetch });
    const { idempotencyKey } = (await rejection(client.sign(request))) as { idempotencyKey: string };
    await client.sign({ ...request, idempotencyKey });
    await client.sign(request);
    const [one, two, three] = keysOf(octane);
    expect([two === one, three === one]).toEqual([true, false]);
  });

  test("behavior: an abort's reason says nothing about the pair", async () => {
    const revoked = scriptedOctane(refusal(403, "pair_revoked"));
    const reason = await rejection(
      sign({ ...access, ...seed, ...request, pairId: "p-1", fetch: revoked.fetch }),
    );
    const octane = signingOctane();
    const client = new AstrotrainClient({ ...access, ...seed, fetch: octane.fetch });
    await rejection(client.sign({ ...request, pairId: "p-2", signal: AbortSignal.abort(reason) }));
    await client.sign({ ...request, pairId: "p-2" });
    expect(octane.seen).toHaveLength(1);
  });

  test.each([
    ["another payload", { payload: new Uint8Array(32) }],
    ["another pair", { pairId: "p-2" }],
    ["an id of its own", { idempotencyKey: "mine" }],
  ])("behavior: %s is another call", async (_, change) => {
    const octane = scriptedOctane(reset, honest);
    const client = new AstrotrainClient({ ...access, ...seed, fetch: octane.fetch });
    await rejection(client.sign(request));
    await client.sign({ ...request, ...change });
    expect(new Set(keysOf(octane)).size).toBe(2);
  });

  test("behavior: two calls for it at once are two requests, of which one has its id", async () => {
    const octane = scriptedOctane(reset, honest);
    const client = new AstrotrainClient({ ...access, ...seed, fetch: octane.fetch });
    await rejection(client.sign(request));
    await Promise.all([client.sign(request), client.sign(request)]);
    expect(new Set(keysOf(octane)).size).toBe(2);
  });

  test("behavior: after octane's refusal, or ten minutes, it is asked for anew", async () => {
    vi.useFakeTimers();
    try {
      const octane = scriptedOctane(reset, refusal(403, "user_rejected"), reset, honest);
      const client = new AstrotrainClient({ ...access, ...seed, fetch: octane.fetch });
      for (let i = 0; i < 3; i++) await rejection(client.sign(request));
      await vi.advanceTimersByTimeAsync(600_000);
      await client.sign(request);
      const [one, two, three, four] = keysOf(octane);
      expect(two).toBe(one);
      expect(new Set([one, three, four]).size).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });
});
