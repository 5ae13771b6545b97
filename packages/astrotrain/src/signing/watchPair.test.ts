import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { digest, spSeed, wallet } from "../../test/keys.js";
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
import { honestAnswer } from "../../test/signingOctane.js";
import { refusalOf } from "../errors/refusalOf.js";
import { AstrotrainClient } from "./AstrotrainClient.js";
import { RevokedPairs } from "./RevokedPairs.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pairId = "p-1";
const revoked = { kind: "pair_revoked", pair_id: pairId, revoked_at_ms: 1_767_225_600_000 };
const request = { address: wallet, payload: digest, algo: "secp256k1", pairId } as const;
const open = (...frames: readonly object[]): Response =>
  sse([": hi\n\n", ...frames.map((each) => frame({ ...each }))], { open: true });

/** A client that watches, an octane that answers its watch from a list and signs all else, and what was told. */
function watching(...answers: readonly Answer[]) {
  const watched = scriptedOctane(...answers);
  const signed = scriptedOctane(({ body }) => json(honestAnswer(body)));
  const fetch: typeof globalThis.fetch = (url, init) =>
    (init?.method === "GET" ? watched : signed).fetch(url, init);
  const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch });
  const onRevoked = vi.fn();
  const onError = vi.fn();
  const watch = client.watchPair({ pairId, onRevoked, onError });
  return { client, watch, onRevoked, onError, watched: watched.seen, signed: signed.seen };
}

/** Lets everything happen that needs no time. */
const now = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe("watchPair", () => {
  test("default: once octane says that the pair is revoked, sign refuses it and nothing leaves", async () => {
    const { client, onRevoked, onError, watched, signed } = watching(open(revoked));
    await now();
    expect(onRevoked.mock.calls).toEqual([[revoked]]);
    expect(onError).not.toHaveBeenCalled();
    expect(watched).toMatchObject([{ method: "GET", url: `${access.octaneUrl}/sp/pairings/p-1/events` }]);
    const error = await rejection(client.sign(request));
    expect(error).toMatchObject({ name: "SignError", kind: "http", status: 403, code: "pair_revoked" });
    expect(refusalOf(error)).toBe("revoked");
    expect(signed).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("behavior: what a callback throws is reported as uncaught, and changes nothing", async () => {
    const uncaught: unknown[] = [];
    const microtask = vi.spyOn(globalThis, "queueMicrotask").mockImplementation((run) => {
      Promise.resolve()
        .then(run)
        .catch((error) => uncaught.push(error));
    });
    const { client, onRevoked, onError, watched } = watching(refusal(400, "odd"), open(revoked));
    onError.mockImplementation(() => {
      throw new Error("from onError");
    });
    onRevoked.mockImplementation(() => {
      throw new Error("from onRevoked");
    });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(watched).toHaveLength(2);
    expect(uncaught).toMatchObject([{ message: "from onError" }, { message: "from onRevoked" }]);
    expect(await rejection(client.sign(request))).toMatchObject({ code: "pair_revoked" });
    microtask.mockRestore();
  });

  test("behavior: sign refuses already when onRevoked is called", async () => {
    const octane = scriptedOctane(open(revoked));
    const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch: octane.fetch });
    const errors: Promise<unknown>[] = [];
    client.watchPair({ pairId, onRevoked: () => errors.push(rejection(client.sign(request))) });
    await now();
    expect(await Promise.all(errors)).toMatchObject([{ code: "pair_revoked" }]);
    expect(octane.seen).toHaveLength(1);
  });

  test("behavior: other pairs, and calls without a pair, are still octane's to decide", async () => {
    const { client, signed } = watching(open(revoked));
    await now();
    await client.sign({ ...request, pairId: "p-2" });
    await client.sign({ ...request, pairId: undefined });
    expect(signed).toHaveLength(2);
  });

  test("behavior: events of other kinds pass", async () => {
    const { client, onRevoked, onError, signed } = watching(open({ kind: "pair_renamed" }, { kind: "x" }));
    await now();
    await client.sign(request);
    expect(onRevoked).not.toHaveBeenCalled();
    expect(onError).not.toHaveBeenCalled();
    expect(signed).toHaveLength(1);
    client.close();
  });

  test("behavior: an event about another pair is an error, and revokes neither", async () => {
    const { client, onRevoked, onError, signed } = watching(open({ ...revoked, pair_id: "p-2" }));
    await now();
    expect(onRevoked).not.toHaveBeenCalled();
    expect(onError.mock.calls).toMatchObject([[{ name: "PairError", kind: "deserialise" }, { over: false }]]);
    await client.sign(request);
    await client.sign({ ...request, pairId: "p-2" });
    expect(signed).toHaveLength(2);
  });

  test.each([
    ["a stream that is open", () => open()],
    ["a head that does not come", () => new Promise<Response>(() => {})],
    ["a pause between two tries", () => refusal(500, "internal")],
  ])("behavior: stop ends %s, tells nobody, and again is no error", async (_, answer) => {
    const { client, watch, onRevoked, onError, watched, signed } = watching(answer);
    await now();
    watch.stop();
    watch.stop();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(watched).toHaveLength(1);
    expect(onRevoked).not.toHaveBeenCalled();
    expect(onError).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
    await client.sign(request);
    expect(signed).toHaveLength(1);
  });

  test("behavior: stop closes the stream", async () => {
    const cancel = vi.fn();
    const stream = new ReadableStream({ cancel });
    const headers = { "content-type": "text/event-stream" };
    const { watch } = watching(() => new Response(stream, { headers }));
    await now();
    watch.stop();
    await now();
    expect(cancel).toHaveBeenCalledOnce();
  });

  test.each([401, 403, 404, 410])("behavior: octane's %i is told once and ends the watch", async (status) => {
    const { onError, watched } = watching(refusal(status, "over"));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(onError.mock.calls).toMatchObject([[{ name: "PairError", kind: "http", status }, { over: true }]]);
    expect(watched).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("behavior: octane out of reach is told every half a minute or so, and the watch goes on", async () => {
    const down = new TypeError("fetch failed");
    // Nine tries, then a rest: three times over.
    const { onError, onRevoked, watched } = watching(
      ...Array.from({ length: 27 }, () => down),
      open(revoked),
    );
    await vi.advanceTimersByTimeAsync(300_000);
    expect(onError).toHaveBeenCalledTimes(3);
    expect(onError.mock.calls[0]).toMatchObject([
      { name: "PairError", kind: "network", cause: down },
      { over: false },
    ]);
    expect(onRevoked).toHaveBeenCalledOnce();
    expect(watched).toHaveLength(28);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    ["a proxy's page", new Response("<html>", { headers: { "content-type": "text/html" } })],
    ["a frame that makes no sense", sse(["data: x\n\n"])],
    ["a proxy's time-out", new Response("", { status: 408 })],
  ])("behavior: %s is told, and the watch goes on", async (_, odd) => {
    const { onError, onRevoked } = watching(odd, open(revoked));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onError.mock.calls).toMatchObject([[{ name: "PairError" }, { over: false }]]);
    expect(onRevoked).toHaveBeenCalledOnce();
  });

  test.each(["onRevoked", "onError"])("behavior: %s has to be a function", (field) => {
    const { fetch } = scriptedOctane(open(revoked));
    const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch });
    expect(() => client.watchPair({ pairId, [field]: 5 })).toThrow(expect.objectContaining({ field }));
  });

  test("behavior: a stream that is cut is taken up again, silently", async () => {
    const { onError, onRevoked } = watching(sse([]), sse([": hi"]), open(revoked));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(onError).not.toHaveBeenCalled();
    expect(onRevoked).toHaveBeenCalledOnce();
  });

  test("behavior: two watches of one pair are told both, and stop one by one", async () => {
    const octane = scriptedOctane(() => open());
    const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch: octane.fetch });
    const first = client.watchPair({ pairId });
    client.watchPair({ pairId });
    await now();
    first.stop();
    await now();
    // The silence of the one that goes on.
    expect(vi.getTimerCount()).toBe(1);
    client.close();
    await now();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("behavior: callbacks are not needed", async () => {
    const { fetch } = scriptedOctane(refusal(500, "internal"), open(revoked));
    const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch });
    client.watchPair({ pairId });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(refusalOf(await rejection(client.sign(request)))).toBe("revoked");
  });

  test.each([[""], [7], [undefined], ["a\nb"]])("parameters: pairId %j is refused at once", (bad) => {
    const octane = scriptedOctane(open());
    const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch: octane.fetch });
    expect(() => client.watchPair({ pairId: bad as string })).toThrow(
      expect.objectContaining({ name: "ConfigError" }),
    );
    expect(octane.seen).toEqual([]);
  });
});

describe("a pair that octane itself refuses", () => {
  const signWith = (answer: Answer) => {
    const octane = scriptedOctane(answer);
    return {
      client: new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch: octane.fetch }),
      octane,
    };
  };

  test("behavior: 403 pair_revoked is not asked again, and no further call leaves", async () => {
    const { client, octane } = signWith(refusal(403, "pair_revoked"));
    for (let i = 0; i < 3; i++) expect(refusalOf(await rejection(client.sign(request)))).toBe("revoked");
    expect(octane.seen).toHaveLength(1);
  });

  test.each(["pair_pending", "user_rejected", "policy_denied", "scope_denied", "new_in_v9"])(
    "behavior: 403 %s is not remembered",
    async (code) => {
      const { client, octane } = signWith(refusal(403, code));
      for (let i = 0; i < 3; i++) await rejection(client.sign(request));
      expect(octane.seen).toHaveLength(3);
    },
  );

  test("behavior: ten thousand are remembered, and then the oldest is forgotten", () => {
    const pairs = new RevokedPairs();
    for (let i = 0; i <= 10_000; i++) pairs.add(`p-${i}`);
    expect(() => pairs.refuse("p-0")).not.toThrow();
    expect(() => pairs.refuse("p-1")).toThrow();
    expect(() => pairs.refuse("p-10000")).toThrow();
  });
});

describe("a pair that turns out to be revoked while a call waits", () => {
  test.each([
    ["in line", undefined],
    ["until octane wants to be asked again", { "retry-after": "1" }],
  ])("behavior: %s, sends nothing more", async (_, putOff) => {
    let answerFirst = (): void => {};
    const posts: unknown[] = [];
    let revoke = (): void => {};
    const fetch = async (_: unknown, init: RequestInit = {}): Promise<Response> => {
      if (init.method === "GET")
        return new Promise((resolve) => {
          revoke = () => resolve(open(revoked));
        });
      posts.push(init.body);
      if (putOff !== undefined) return refusalWith(putOff);
      return new Promise((resolve) => {
        answerFirst = () => resolve(json(honestAnswer(JSON.parse(String(init.body)))));
      });
    };
    const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch, maxConcurrency: 1 });
    client.watchPair({ pairId });
    const first = client.sign(request).catch((error: unknown) => error);
    // WebCrypto works off the clock.
    await vi.waitFor(() => expect(posts).toHaveLength(1));
    const second = client.sign({ ...request, payload: new Uint8Array(32) }).catch((error: unknown) => error);
    await vi.waitFor(() => expect(posts).toHaveLength(putOff === undefined ? 1 : 2));
    revoke();
    await now();
    answerFirst();
    await vi.advanceTimersByTimeAsync(5_000);
    const refused = { name: "SignError", kind: "http", status: 403, code: "pair_revoked" };
    expect(await second).toMatchObject(refused);
    if (putOff !== undefined) expect(await first).toMatchObject(refused);
    expect(posts).toHaveLength(putOff === undefined ? 1 : 2);
  });

  const refusalWith = (headers: Record<string, string>): Response =>
    json({ error: { code: "rate_limited" }, request_id: "r-1" }, { status: 429, headers });
});
