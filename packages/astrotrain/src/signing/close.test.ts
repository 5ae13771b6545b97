import nodeCrypto from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { figure } from "@sigil/testing/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { digest, spSeed, spSeedText, wallet } from "../../test/keys.js";
import { access, json, refusal, rejection, scriptedOctane, sse } from "../../test/scriptedOctane.js";
import { honestAnswer, signingOctane } from "../../test/signingOctane.js";

const request = { address: wallet, payload: digest, algo: "secp256k1" } as const;

/** A buffer of ours that a seed was seen in, and where. */
type Held = { readonly where: string; readonly bytes: Uint8Array };

let held: Held[];
let imports: Promise<unknown>[];

/** Notes the buffer itself, and makes sure that the seed is really in it: one that never held it would prove nothing. */
function note(where: string, bytes: unknown): void {
  if (bytes instanceof Uint8Array && Buffer.from(bytes).includes(Buffer.from(spSeed)))
    held.push({ where, bytes });
}

const isZero = ({ bytes }: Held): boolean => bytes.every((byte) => byte === 0);

/**
 * The client, with an eye on every buffer of its own that the seed passes through: what its text is decoded to, what
 * Node's crypto is given, or WebCrypto, or the implementation in JavaScript.
 */
async function watchedClient(path: "node:crypto" | "WebCrypto" | "JavaScript") {
  vi.resetModules();
  vi.doMock("../encoding/base64url.js", async (original) => {
    const real = await original<typeof import("../encoding/base64url.js")>();
    const b64uToBytes = (text: string): Uint8Array => {
      const bytes = real.b64uToBytes(text);
      note("decoded", bytes);
      return bytes;
    };
    return { ...real, b64uToBytes };
  });
  vi.doMock("@noble/ed25519", async (original) => {
    const real = await original<typeof import("@noble/ed25519")>();
    return {
      ...real,
      getPublicKeyAsync: (seed: Uint8Array) =>
        watched("noble's public key", seed, real.getPublicKeyAsync(seed)),
      signAsync: (message: Uint8Array, seed: Uint8Array) =>
        watched("noble's signature", seed, real.signAsync(message, seed)),
    };
  });
  const { createPrivateKey } = nodeCrypto;
  vi.spyOn(nodeCrypto, "createPrivateKey").mockImplementation((key) => {
    if (path !== "node:crypto") throw new Error("no Ed25519");
    note("node:crypto", (key as { key: unknown }).key);
    return createPrivateKey(key);
  });
  const importKey = crypto.subtle.importKey.bind(crypto.subtle) as (
    ...given: unknown[]
  ) => Promise<CryptoKey>;
  vi.spyOn(crypto.subtle, "importKey").mockImplementation((async (...given: unknown[]) => {
    if (path === "JavaScript") throw new DOMException("Unrecognized algorithm name", "NotSupportedError");
    return watched("WebCrypto", given[1], importKey(...given));
  }) as typeof crypto.subtle.importKey);
  const { AstrotrainClient } = await import("./AstrotrainClient.js");
  return (config: object) => new AstrotrainClient({ ...access, privateKeySeed: spSeedText, ...config });
}

function watched<T>(where: string, bytes: unknown, result: Promise<T>): Promise<T> {
  note(where, bytes);
  imports.push(result);
  return result;
}

beforeEach(() => {
  held = [];
  imports = [];
});
afterEach(() => {
  vi.doUnmock("../encoding/base64url.js");
  vi.doUnmock("@noble/ed25519");
  vi.restoreAllMocks();
  vi.useRealTimers();
});

type MakeClient = Awaited<ReturnType<typeof watchedClient>>;
type Case = readonly [title: string, run: (makeClient: MakeClient) => Promise<unknown>];

const cases: readonly Case[] = [
  ["before anything was signed", async (makeClient) => makeClient({}).close()],
  [
    "after a signature",
    async (makeClient) => {
      const client = makeClient({ fetch: signingOctane().fetch });
      await client.sign(request);
      client.close();
    },
  ],
  [
    "after ten at once",
    async (makeClient) => {
      const client = makeClient({ fetch: signingOctane().fetch });
      await Promise.all(Array.from({ length: 10 }, () => client.sign(request)));
      client.close();
    },
  ],
  [
    "after its public key alone",
    async (makeClient) => {
      const client = makeClient({});
      await client.getPublicKey();
      client.close();
    },
  ],
  [
    "while the key is being imported",
    async (makeClient) => {
      const client = makeClient({ fetch: signingOctane().fetch });
      const imported = client.getPublicKey().catch(() => {});
      const error = rejection(client.sign(request));
      client.close();
      expect(await error).toMatchObject({ kind: "network", outcome: "not_sent" });
      await imported;
    },
  ],
  [
    "while octane is being waited for",
    async (makeClient) => {
      const octane = scriptedOctane(() => new Promise(() => {}));
      const client = makeClient({ fetch: octane.fetch });
      const error = rejection(client.sign(request));
      await vi.waitUntil(() => octane.seen.length === 1);
      client.close();
      expect(await error).toMatchObject({ kind: "network", outcome: "unknown" });
    },
  ],
  [
    "twice",
    async (makeClient) => {
      const client = makeClient({ fetch: signingOctane().fetch });
      await client.sign(request);
      client.close();
      client.close();
    },
  ],
];

describe("R30: after close our buffers of the seed are zero", () => {
  const seen = { buffers: 0, notZero: 0, ways: 0 };

  describe.each(["node:crypto", "WebCrypto", "JavaScript"] as const)("by %s", (path) => {
    test.each(cases)("R30: closed %s", async (title, run) => {
      const makeClient = await watchedClient(path);
      await run(makeClient);
      await Promise.allSettled(imports);
      await vi.waitFor(() => expect(held.filter((each) => !isZero(each))).toEqual([]));
      // The decoded seed always; and what it was handed on in, unless there was no need to.
      expect(new Set(held.map(({ where }) => where)).size).toBeGreaterThanOrEqual(
        title.startsWith("before") ? 1 : 2,
      );
      seen.buffers += held.length;
      seen.notZero += held.filter((each) => !isZero(each)).length;
      seen.ways++;
    });
  });

  test.each(["node:crypto", "WebCrypto"] as const)(
    "R30: an import by %s that fails leaves nothing either",
    async (path) => {
      const makeClient = await watchedClient(path);
      // Once to find out that it can do it; then it fails.
      await makeClient({}).getPublicKey();
      held = [];
      vi.mocked(crypto.subtle.importKey).mockRejectedValue(new Error("no more keys"));
      vi.mocked(nodeCrypto.createPrivateKey).mockImplementation((key) => {
        note("node:crypto", (key as { key: unknown }).key);
        throw new Error("no more keys");
      });
      const client = makeClient({ fetch: signingOctane().fetch });
      expect(await rejection(client.sign(request))).toMatchObject({ kind: "signer_failure" });
      client.close();
      expect(held.length).toBeGreaterThan(0);
      expect(held.every(isZero)).toBe(true);
    },
  );

  test("R30: the one-time sign closes by itself", async () => {
    await watchedClient("JavaScript");
    const { sign } = await import("./sign.js");
    await sign({ ...access, ...request, privateKeySeed: spSeedText, fetch: signingOctane().fetch });
    expect(held.length).toBeGreaterThan(0);
    expect(held.every(isZero)).toBe(true);
  });

  test("R30: sums it up", () => {
    expect(seen.notZero).toBe(0);
    expect(seen.buffers).toBeGreaterThan(2 * seen.ways);
    figure(
      "R30",
      `${seen.buffers} buffers that held the seed, closed in ${seen.ways} ways: ${seen.notZero} not zero`,
    );
  });
});

describe("R30: after close every call is refused", () => {
  test("R30: sign, getPublicKey and watchPair throw a ConfigError, and no request leaves", async () => {
    const { AstrotrainClient } = await import("./AstrotrainClient.js");
    const octane = signingOctane();
    const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch: octane.fetch });
    client.close();
    const closed = { name: "ConfigError", message: expect.stringContaining("closed") };
    expect(await rejection(client.sign(request))).toMatchObject(closed);
    expect(await rejection(client.getPublicKey())).toMatchObject(closed);
    expect(() => client.watchPair({ pairId: "p-1" })).toThrow(expect.objectContaining(closed));
    expect(octane.seen).toEqual([]);
  });

  test("R30: with a signer of one's own too, which is not asked any more", async () => {
    const { AstrotrainClient } = await import("./AstrotrainClient.js");
    const sign = vi.fn();
    const signer = { publicKey: new Uint8Array(32).fill(3), sign };
    const client = new AstrotrainClient({ ...access, signer });
    client.close();
    expect(await rejection(client.sign(request))).toMatchObject({ name: "ConfigError" });
    expect(sign).not.toHaveBeenCalled();
  });

  test("R30: the caller's own seed stays as it was", async () => {
    const { AstrotrainClient } = await import("./AstrotrainClient.js");
    const mine = spSeed.slice();
    const client = new AstrotrainClient({ ...access, privateKeySeed: mine, fetch: signingOctane().fetch });
    await client.sign(request);
    client.close();
    expect(mine).toEqual(spSeed);
  });
});

describe("what is under way when the client is closed", () => {
  const closedCause = { message: "the client was closed" };
  const never = (): Promise<Response> => new Promise(() => {});

  const putOff = (body: object): Response => json(body, { status: 503, headers: { "retry-after": "9" } });

  test.each([
    ["waits for the head", [never], "unknown"],
    ["waits for the body", [() => new Response(new ReadableStream(), jsonHeaders)], "unknown"],
    ["pauses because octane put it off", [putOff({ error: { code: "x" }, request_id: "r-1" })], "not_sent"],
  ] as const)("behavior: a call that %s ends at once", async (_, answers, outcome) => {
    const { AstrotrainClient } = await import("./AstrotrainClient.js");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const octane = scriptedOctane(...answers);
    const { signal } = new AbortController();
    const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch: octane.fetch });
    const error = rejection(client.sign({ ...request, signal }));
    await vi.waitUntil(() => octane.seen.length === 1);
    await new Promise((resolve) => setImmediate(resolve));
    client.close();
    expect(await error).toMatchObject({ kind: "network", outcome, cause: closedCause });
    expect(vi.getTimerCount()).toBe(0);
    expect(octane.seen).toHaveLength(1);
  });

  test("behavior: a call that waits in line ends without a request", async () => {
    const { AstrotrainClient } = await import("./AstrotrainClient.js");
    const octane = scriptedOctane(never);
    const sign = vi.fn(async (message: Uint8Array) => ed25519.sign(message, spSeed));
    const signer = { publicKey: ed25519.getPublicKey(spSeed), sign };
    const client = new AstrotrainClient({ ...access, signer, maxConcurrency: 1, fetch: octane.fetch });
    // One after the other: WebCrypto may be done with several in another order than they came.
    const first = rejection(client.sign(request));
    await vi.waitUntil(() => octane.seen.length === 1);
    const errors = [first, ...[2, 3].map(() => rejection(client.sign(request)))];
    await vi.waitUntil(() => sign.mock.calls.length === 3);
    await new Promise((resolve) => setImmediate(resolve));
    client.close();
    expect(await Promise.all(errors)).toMatchObject([
      { kind: "network", outcome: "unknown" },
      { kind: "network", outcome: "not_sent" },
      { kind: "network", outcome: "not_sent" },
    ]);
    expect(octane.seen).toHaveLength(1);
  });

  test("behavior: calls that share a request end together, and the request with them", async () => {
    const { AstrotrainClient } = await import("./AstrotrainClient.js");
    let signal: AbortSignal | null | undefined;
    const octane = scriptedOctane((_, init) => {
      signal = init.signal;
      return never();
    });
    const client = new AstrotrainClient({
      ...access,
      privateKeySeed: spSeed,
      dedupe: true,
      fetch: octane.fetch,
    });
    const errors = [1, 2].map(() => rejection(client.sign(request)));
    await vi.waitUntil(() => signal !== undefined);
    client.close();
    for (const error of await Promise.all(errors))
      expect(error).toMatchObject({ kind: "network", cause: closedCause });
    expect(signal?.aborted).toBe(true);
  });

  test("behavior: an answer that comes after it is dropped", async () => {
    const { AstrotrainClient } = await import("./AstrotrainClient.js");
    let answer = (_: Response): void => {};
    const octane = scriptedOctane(
      () =>
        new Promise<Response>((resolve) => {
          answer = resolve;
        }),
    );
    const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch: octane.fetch });
    const error = rejection(client.sign(request));
    await vi.waitUntil(() => octane.seen.length === 1);
    client.close();
    answer(json(honestAnswer(octane.seen[0]?.body)));
    expect(await error).toMatchObject({ kind: "network", cause: closedCause });
  });

  test.each([
    ["a stream is open", () => sse([": hi\n\n"], { open: true })],
    ["no head has come", never],
    ["it pauses", () => refusal(500, "internal")],
  ] as const)("behavior: a watch just ends, where %s", async (_, answer) => {
    const { AstrotrainClient } = await import("./AstrotrainClient.js");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const told = vi.fn();
    const octane = scriptedOctane(answer);
    const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch: octane.fetch });
    const watch = client.watchPair({ pairId: "p-1", onRevoked: told, onError: told });
    await vi.waitUntil(() => octane.seen.length === 1);
    await new Promise((resolve) => setImmediate(resolve));
    client.close();
    watch.stop();
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
    expect(octane.seen).toHaveLength(1);
  });
});

const jsonHeaders = { headers: { "content-type": "application/json" } };
