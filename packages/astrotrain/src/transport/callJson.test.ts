import { figure, rounds } from "@sigil/testing/promises";
import { describe, expect, test, vi } from "vitest";
import { type Answer, access, json, rejection, scriptedOctane } from "../../test/scriptedOctane.js";
import { longestPauseMs, shortestPauseMs } from "./backoff.js";
import { callJson, type TryRules } from "./callJson.js";
import { type Limits, withDeadline } from "./deadline.js";
import { toEndpoint } from "./endpoint.js";
import type { Request } from "./send.js";

const prompt: Omit<Request, "accept"> = {
  method: "POST",
  path: ["sp", "sign"],
  body: "{}",
  idempotencyKey: "k",
};
const read: Omit<Request, "accept"> = { method: "GET", path: ["sp", "pairings", "p", "wallets"] };

/** Octane's own refusals, for these tests. */
const isOwn = (body: string): boolean => body === "mine";

const call = (
  fetch: typeof globalThis.fetch,
  request = prompt,
  rules: TryRules = { isOwn },
  limits: Limits = {},
): Promise<unknown> =>
  withDeadline(limits, (attempt) => callJson(toEndpoint({ ...access, fetch }), request, attempt, rules));

const answer = (headers: Record<string, string>, body = "{}"): Response => new Response(body, { headers });
const putOff = (): Response => new Response("mine", { status: 503, headers: { "retry-after": "0" } });
const down = (): Response => new Response("", { status: 500 });
const refused = (): Error => Object.assign(new Error("no"), { code: "ECONNREFUSED" });

/** Runs all pauses at once. */
async function quickly<T>(run: () => Promise<T>): Promise<T> {
  vi.useFakeTimers();
  try {
    const running = run();
    await vi.runAllTimersAsync();
    return await running;
  } finally {
    vi.useRealTimers();
  }
}

describe("what is asked again", () => {
  test("behavior: a read, three times in all, whatever may pass by itself", async () => {
    const octane = scriptedOctane(down());
    expect(await quickly(() => rejection(call(octane.fetch, read)))).toMatchObject({
      details: { kind: "http", status: 500 },
    });
    expect(octane.seen).toHaveLength(3);
  });

  test("behavior: a request that may ask a person, where no byte can have left, and once more with the same key", async () => {
    const octane = scriptedOctane(refused(), putOff(), json({ a: 1 }));
    expect(await quickly(() => call(octane.fetch))).toEqual({ a: 1 });
    expect(octane.seen.map(({ headers }) => headers.get("idempotency-key"))).toEqual(["k", "k", "k"]);
  });

  test("R02: two retries at most, after pauses from base to cap, whatever may be sent again", async () => {
    const kinds: readonly (readonly [Answer, Omit<Request, "accept">])[] = [
      [refused(), prompt],
      [putOff(), prompt],
      [down(), read],
      [new TypeError("fetch failed"), read],
    ];
    let calls = 0;
    let pauses = 0;
    vi.useFakeTimers();
    try {
      for (let i = 0; i < rounds(1_000); i++) {
        for (const [failure, request] of kinds) {
          const at: number[] = [];
          const octane = scriptedOctane(failure);
          const fetch: typeof globalThis.fetch = (...asked) => {
            at.push(performance.now());
            return octane.fetch(...asked);
          };
          const failing = rejection(call(fetch, request));
          await vi.runAllTimersAsync();
          await failing;
          expect(at).toHaveLength(3);
          for (const [n, moment] of at.slice(1).entries()) {
            const pause = moment - (at[n] ?? 0);
            expect(pause).toBeGreaterThanOrEqual(shortestPauseMs);
            expect(pause).toBeLessThanOrEqual(longestPauseMs);
            pauses++;
          }
          calls++;
        }
      }
    } finally {
      vi.useRealTimers();
    }
    figure("R02", `${calls} calls that failed to the end, ${pauses / calls} retries each`);
  });

  test("behavior: never one that may have asked", async () => {
    const octane = scriptedOctane(down());
    await rejection(call(octane.fetch));
    expect(octane.seen).toHaveLength(1);
  });

  test("behavior: with no time left for the pause the failure comes at once, not the time-out", async () => {
    const octane = scriptedOctane(new Response("mine", { status: 503, headers: { "retry-after": "10" } }));
    const limits = { timeoutMs: 9_000 };
    expect(await rejection(call(octane.fetch, prompt, { isOwn }, limits))).toMatchObject({
      details: { kind: "http", status: 503, retryAfterMs: 10_000 },
    });
    expect(octane.seen).toHaveLength(1);
  });

  test("behavior: with time left it is waited for", async () => {
    const later = new Response("mine", { status: 503, headers: { "retry-after": "10" } });
    const octane = scriptedOctane(later, json({ a: 1 }));
    expect(await quickly(() => call(octane.fetch, prompt, { isOwn }, { timeoutMs: 11_000 }))).toEqual({
      a: 1,
    });
  });

  test("behavior: what octane itself put off was not sent", async () => {
    const octane = scriptedOctane(putOff(), refused());
    expect(await quickly(() => rejection(call(octane.fetch)))).toMatchObject({
      details: { kind: "network", sent: false },
    });
    expect(octane.seen).toHaveLength(3);
  });

  test("behavior: what somebody else put off may have been, and is not asked again", async () => {
    for (const rules of [{}, { isOwn: () => false }]) {
      const octane = scriptedOctane(putOff(), json({}));
      expect(await rejection(call(octane.fetch, prompt, rules))).toMatchObject({
        details: { kind: "http", status: 503 },
      });
      expect(octane.seen).toHaveLength(1);
    }
  });

  test("behavior: but a read is, whoever put it off", async () => {
    const octane = scriptedOctane(putOff(), json({ a: 1 }));
    expect(await quickly(() => call(octane.fetch, read, {}))).toEqual({ a: 1 });
  });

  test("behavior: octane's own refusal that puts nothing off may have come after the question", async () => {
    const octane = scriptedOctane(new Response("mine", { status: 500 }));
    const sent: boolean[] = [];
    await rejection(
      withDeadline({}, (attempt) =>
        callJson(toEndpoint({ ...access, fetch: octane.fetch }), prompt, attempt, {
          isOwn: () => true,
        }).finally(() => sent.push(attempt.sent)),
      ),
    );
    expect(sent).toEqual([true]);
  });

  test("behavior: what is asked before each try may end the call, and nothing leaves", async () => {
    const octane = scriptedOctane(refused(), json({}));
    let tries = 0;
    const check = (): void => {
      tries++;
      if (tries === 2) throw new RangeError("over");
    };
    const error = await quickly(() => rejection(call(octane.fetch, prompt, { check })));
    expect(error).toMatchObject({ details: { kind: "network", cause: new RangeError("over") } });
    expect(octane.seen).toHaveLength(1);
  });

  test("behavior: an abort in the pause ends it", async () => {
    const octane = scriptedOctane(new Response("mine", { status: 503, headers: { "retry-after": "60" } }));
    const controller = new AbortController();
    const running = rejection(call(octane.fetch, prompt, { isOwn }, { signal: controller.signal }));
    await vi.waitFor(() => expect(octane.seen).toHaveLength(1));
    await new Promise(setImmediate);
    controller.abort("enough");
    expect(await running).toMatchObject({ details: { kind: "network", cause: "enough" } });
    expect(octane.seen).toHaveLength(1);
  });
});

describe("what is taken for an answer", () => {
  test.each([
    "application/json",
    "APPLICATION/JSON",
    "application/json;charset=utf-8",
    " application/json ; x=1",
  ])("parameters: content type %j", async (type) => {
    expect(await call(scriptedOctane(answer({ "content-type": type })).fetch)).toEqual({});
  });

  test.each([
    "text/json",
    "application/problem+json",
    "text/html",
    "application/jsonx",
    "x; application/json",
  ])("behavior: not content type %j, whose body is let go of", async (type) => {
    let cancelled = false;
    const body = new ReadableStream({
      cancel: () => {
        cancelled = true;
      },
    });
    const response = new Response(body, { headers: { "content-type": type } });
    expect(await rejection(call(async () => response))).toMatchObject({
      details: {
        kind: "deserialise",
        cause: new TypeError("the content type is not application/json"),
      },
    });
    expect(cancelled).toBe(true);
  });

  const json200 = { "content-type": "application/json" };

  test.each([
    "",
    "identity",
    "gzip",
    "x-gzip",
    "deflate",
    "br",
    "zstd",
    "GZIP",
    "gzip, br",
    "br,br,br,br,br",
  ])("parameters: content coding %j", async (coding) => {
    const octane = scriptedOctane(answer({ ...json200, "content-encoding": coding }));
    expect(await call(octane.fetch)).toEqual({});
  });

  test.each(["compress", "gzip, compress", "aes128gcm", "gzip br", "br,br,br,br,br,br"])(
    "behavior: not content coding %j, whose body is let go of",
    async (coding) => {
      let cancelled = false;
      const body = new ReadableStream({
        cancel: () => {
          cancelled = true;
        },
      });
      const response = new Response(body, { headers: { ...json200, "content-encoding": coding } });
      expect(await rejection(call(async () => response))).toMatchObject({
        details: {
          kind: "deserialise",
          cause: new TypeError("the content coding is none that this client takes"),
        },
      });
      expect(cancelled).toBe(true);
    },
  );

  test("behavior: why a body is none is said without a piece of it", async () => {
    const cut = answer(json200, '{"device_signature":"secret');
    expect(await rejection(call(scriptedOctane(cut).fetch))).toMatchObject({
      details: { kind: "deserialise", cause: new SyntaxError("the body is not JSON") },
    });
    const long = answer(json200, `"${"x".repeat(256 * 1024)}"`);
    expect(await rejection(call(scriptedOctane(long).fetch))).toMatchObject({
      details: { kind: "deserialise", cause: new RangeError("the body is longer than 262144 bytes") },
    });
  });
});

describe("what is sent", () => {
  test("behavior: a body with its type and key; a read with neither", async () => {
    const octane = scriptedOctane(json({}));
    const bodies: unknown[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      bodies.push(init && "body" in init ? init.body : "none");
      return octane.fetch(url, init);
    };
    await call(fetch);
    await call(fetch, read);
    expect(octane.seen.map(({ headers }) => Object.fromEntries(headers))).toEqual([
      {
        accept: "application/json",
        authorization: `Bearer ${access.apiKey}`,
        "content-type": "application/json",
        "idempotency-key": "k",
      },
      { accept: "application/json", authorization: `Bearer ${access.apiKey}` },
    ]);
    expect(bodies).toEqual(["{}", "none"]);
  });

  test("behavior: where a stream is to go on, unless that is nowhere", async () => {
    const octane = scriptedOctane(json({}));
    for (const lastEventId of [undefined, "", "7"]) await call(octane.fetch, { ...read, lastEventId });
    expect(octane.seen.map(({ headers }) => headers.get("last-event-id"))).toEqual([null, null, "7"]);
  });

  test("behavior: nothing under a signal that is aborted", async () => {
    const octane = scriptedOctane(json({}));
    const attempt = { signal: AbortSignal.abort("enough"), sent: false, remainingMs: () => 1 };
    const error = await rejection(callJson(toEndpoint({ ...access, fetch: octane.fetch }), prompt, attempt));
    expect(error).toMatchObject({ details: { kind: "network", cause: "enough", sent: false } });
    expect(octane.seen).toEqual([]);
  });
});

describe("what a refusal says", () => {
  test("behavior: its status, its body of at most 72 KiB, and when to come back", async () => {
    const long = new Response("é".repeat(40 * 1024), { status: 403, headers: { "retry-after": "3" } });
    const error = (await rejection(call(scriptedOctane(long).fetch))) as { details: { body: string } };
    expect(error).toMatchObject({ details: { kind: "http", status: 403, retryAfterMs: 3_000 } });
    expect(new TextEncoder().encode(error.details.body).length).toBe(72 * 1024);
    const plain = (await rejection(
      call(scriptedOctane(new Response("no", { status: 403 })).fetch),
    )) as object;
    expect(plain).toHaveProperty("details", { kind: "http", status: 403, body: "no" });
  });

  test("behavior: a redirect, by any of its signs, is refused, and its body let go of", async () => {
    const signs: readonly Partial<Response>[] = [
      { status: 300 },
      { status: 399 },
      { status: 200, ok: true, redirected: true },
      { status: 0, type: "opaqueredirect" },
    ];
    for (const sign of signs) {
      let cancelled = false;
      const cancel = async (): Promise<void> => {
        cancelled = true;
      };
      const body = { cancel };
      const response = {
        headers: new Headers(),
        ok: false,
        redirected: false,
        type: "default",
        body,
        ...sign,
      };
      expect(await rejection(call(async () => response as unknown as Response))).toMatchObject({
        details: { kind: "network", sent: true, cause: { message: expect.stringContaining("redirect") } },
      });
      expect(cancelled).toBe(true);
    }
  });

  test("behavior: what a fetch resolves with must be a Response", async () => {
    for (const nonsense of [undefined, null, {}, { status: "200" }]) {
      const error = await rejection(call(async () => nonsense as unknown as Response));
      expect(error).toMatchObject({
        details: {
          kind: "network",
          foreign: true,
          cause: new TypeError("fetch resolved with something other than a Response"),
        },
      });
    }
  });
});
