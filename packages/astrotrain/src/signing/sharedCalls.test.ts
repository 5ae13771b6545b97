import { describe, expect, test, vi } from "vitest";
import { hedgedSigner } from "../../test/hedgedSigner.js";
import { digest, spSeed, wallet } from "../../test/keys.js";
import { access, json, refusal, rejection, scriptedOctane } from "../../test/scriptedOctane.js";
import { honestAnswer } from "../../test/signingOctane.js";
import type { SignOptions } from "./AstrotrainClient.js";
import { AstrotrainClient } from "./AstrotrainClient.js";

const request = { address: wallet, payload: digest, algo: "secp256k1", pairId: "p-1" } as const;

/** A client whose requests wait until the test lets octane answer them. */
function heldOctane(dedupe: boolean | undefined) {
  const waiting: ((answer?: Response) => void)[] = [];
  const signals: AbortSignal[] = [];
  const octane = scriptedOctane(({ body }, { signal }) => {
    if (signal) signals.push(signal);
    return new Promise((resolve) => {
      waiting.push((answer = json(honestAnswer(body))) => resolve(answer));
    });
  });
  const client = new AstrotrainClient({
    ...access,
    privateKeySeed: spSeed,
    dedupe,
    fetch: octane.fetch,
  });
  const sign = (more: Partial<SignOptions> = {}) => client.sign({ ...request, ...more });
  const asked = (count: number): Promise<void> =>
    vi.waitFor(() => expect(octane.seen).toHaveLength(count), { interval: 1 });
  /** Time in which a request that should not leave could. */
  const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));
  return { client, sign, asked, aWhile, waiting, signals, seen: octane.seen };
}

const keyOf = (seen: { readonly headers: Headers } | undefined): string | null | undefined =>
  seen?.headers.get("idempotency-key");

describe("R26: calls for the same signature at the same time", () => {
  test("R26: are one request, and each gets an answer of its own", async () => {
    const { sign, asked, aWhile, waiting, seen } = heldOctane(true);
    const calls = Array.from({ length: 10 }, () => sign());
    await asked(1);
    await aWhile();
    expect(seen).toHaveLength(1);
    waiting[0]?.();
    const results = await Promise.all(calls);
    expect(new Set(results).size).toBe(10);
    expect(new Set(results.map((each) => JSON.stringify(each))).size).toBe(1);
    Object.assign(results[0] ?? {}, { device_signature: "changed" });
    expect(results[1]?.device_signature).not.toBe("changed");
  });

  test("R26: join later too, for as long as it is under way", async () => {
    const { sign, asked, aWhile, waiting, seen } = heldOctane(true);
    const first = sign();
    await asked(1);
    const second = sign();
    await aWhile();
    waiting[0]?.();
    expect(await second).toEqual(await first);
    expect(seen).toHaveLength(1);
  });

  test.each([false, undefined])("R26: are as many requests with dedupe: %s", async (dedupe) => {
    const { sign, asked, waiting, seen } = heldOctane(dedupe);
    const calls = Array.from({ length: 10 }, () => sign());
    await asked(10);
    for (const answer of waiting) answer();
    await Promise.all(calls);
    expect(new Set(seen.map(keyOf)).size).toBe(10);
  });

  test.each([
    ["payload", { payload: new Uint8Array(32) }],
    ["address", { address: wallet.toLowerCase() }],
    ["algorithm", { algo: "ed25519" }],
    ["pair", { pairId: "p-2" }],
    ["pair, none", { pairId: undefined }],
    ["chain", { chain: "base" }],
    ["id of its own", { idempotencyKey: "mine" }],
  ] as const)("behavior: another %s is another request", async (_, change) => {
    const { client, sign, asked } = heldOctane(true);
    const errors = [rejection(sign()), rejection(sign(change as Partial<SignOptions>))];
    await asked(2);
    client.close();
    await Promise.all(errors);
  });

  test("behavior: fields do not run into each other", async () => {
    const { client, sign, asked } = heldOctane(true);
    const errors = [
      rejection(sign({ pairId: "a", chain: "b" })),
      rejection(sign({ pairId: 'a","b', chain: undefined })),
    ];
    await asked(2);
    client.close();
    await Promise.all(errors);
  });

  test("behavior: a fetch of its own is a request of its own", async () => {
    const { sign, asked, waiting, seen } = heldOctane(true);
    const own = scriptedOctane(({ body }) => json(honestAnswer(body)));
    const first = sign();
    await asked(1);
    await sign({ fetch: own.fetch });
    expect(own.seen).toHaveLength(1);
    waiting[0]?.();
    await first;
    expect(seen).toHaveLength(1);
  });

  test("behavior: what the caller does to its payload afterwards changes nothing", async () => {
    const { sign, asked, waiting, seen } = heldOctane(true);
    const payload = digest.slice();
    const calls = [sign({ payload })];
    payload.fill(0);
    calls.push(sign());
    await asked(1);
    waiting[0]?.();
    await Promise.all(calls);
    expect(seen).toHaveLength(1);
  });
});

describe("a caller who leaves", () => {
  test("behavior: ends the call for itself only", async () => {
    const { sign, asked, aWhile, waiting, signals } = heldOctane(true);
    const leaving = new AbortController();
    const first = rejection(sign({ signal: leaving.signal }));
    const second = sign();
    await asked(1);
    leaving.abort("enough");
    expect(await first).toMatchObject({ kind: "network", cause: "enough", outcome: "unknown" });
    await aWhile();
    expect(signals[0]?.aborted).toBe(false);
    waiting[0]?.();
    expect(await second).toMatchObject({ request_id: "r-1" });
  });

  test("behavior: by its time-out too", async () => {
    const { sign, asked, waiting, signals } = heldOctane(true);
    const first = rejection(sign({ timeoutMs: 5 }));
    const second = sign();
    await asked(1);
    expect(await first).toMatchObject({ kind: "network", cause: { name: "TimeoutError" } });
    expect(signals[0]?.aborted).toBe(false);
    waiting[0]?.();
    await second;
  });

  test("behavior: as the last one, ends the request; whoever comes then begins another", async () => {
    const { sign, asked, waiting, signals, seen } = heldOctane(true);
    const leaving = [new AbortController(), new AbortController()];
    const errors = leaving.map(({ signal }) => rejection(sign({ signal })));
    await asked(1);
    leaving[0]?.abort("one");
    await errors[0];
    expect(signals[0]?.aborted).toBe(false);
    leaving[1]?.abort("two");
    const next = sign();
    expect(await Promise.all(errors)).toMatchObject([{ cause: "one" }, { cause: "two" }]);
    expect(signals[0]?.aborted).toBe(true);
    await asked(2);
    waiting[1]?.();
    await next;
    expect(seen).toHaveLength(2);
  });

  test("behavior: who comes aborted begins nothing", async () => {
    const { sign, aWhile, seen } = heldOctane(true);
    expect(await rejection(sign({ signal: AbortSignal.abort("before") }))).toMatchObject({
      kind: "network",
      outcome: "not_sent",
    });
    await aWhile();
    expect(seen).toEqual([]);
  });
});

describe("a caller who joined and leaves last", () => {
  test("behavior: keeps the id and the SP's signature, even by a signer that never gives the same", async () => {
    const octane = scriptedOctane(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
        }),
      ({ body }) => json(honestAnswer(body)),
    );
    const client = new AstrotrainClient({
      ...access,
      signer: hedgedSigner(),
      dedupe: true,
      fetch: octane.fetch,
    });
    const leaving = [new AbortController(), new AbortController()];
    const errors = leaving.map(({ signal }) => rejection(client.sign({ ...request, signal })));
    await vi.waitFor(() => expect(octane.seen).toHaveLength(1));
    for (const [i, controller] of leaving.entries()) {
      controller.abort();
      await errors[i];
    }
    await client.sign(request);
    expect(keyOf(octane.seen[1])).toBe(keyOf(octane.seen[0]));
    expect(octane.seen[1]?.body).toEqual(octane.seen[0]?.body);
  });
});

describe("when it is over", () => {
  test("behavior: a refusal reaches all, each in an error of its own, and the next call asks again", async () => {
    const { sign, asked, waiting, seen } = heldOctane(true);
    const errors = [1, 2, 3].map(() => rejection(sign()));
    await asked(1);
    waiting[0]?.(refusal(403, "user_rejected"));
    const told = await Promise.all(errors);
    for (const error of told)
      expect(error).toMatchObject({ kind: "http", status: 403, code: "user_rejected" });
    expect(new Set(told).size).toBe(3);
    const next = sign();
    await asked(2);
    waiting[1]?.();
    await next;
    expect(keyOf(seen[1])).not.toBe(keyOf(seen[0]));
  });

  test("behavior: an unknown outcome names the id that was sent, to all", async () => {
    const { sign, asked, waiting, seen } = heldOctane(true);
    const errors = [1, 2, 3].map(() => rejection(sign()));
    await asked(1);
    waiting[0]?.(new Response("<html>", { status: 502 }));
    for (const error of await Promise.all(errors))
      expect(error).toMatchObject({ kind: "http", outcome: "unknown", idempotencyKey: keyOf(seen[0]) });
  });

  test("behavior: a signature is not kept: the next call asks again", async () => {
    const { sign, asked, waiting } = heldOctane(true);
    const first = sign();
    await asked(1);
    waiting[0]?.();
    await first;
    const second = sign();
    await asked(2);
    waiting[1]?.();
    await second;
  });

  test.each(["yes", 1, null, {}])("parameters: dedupe: %j is refused", (dedupe) => {
    const config = { ...access, privateKeySeed: spSeed, dedupe: dedupe as boolean };
    expect(() => new AstrotrainClient(config)).toThrow(expect.objectContaining({ field: "dedupe" }));
  });
});
