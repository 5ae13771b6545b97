import { describe, expect, test, vi } from "vitest";
import { digest, spSeed, wallet } from "../../test/keys.js";
import { type Answer, access, json, refusal, rejection, scriptedOctane } from "../../test/scriptedOctane.js";
import { honestAnswer } from "../../test/signingOctane.js";
import { AstrotrainClient } from "./AstrotrainClient.js";

const request = { address: wallet, payload: digest, algo: "secp256k1", pairId: "p-1" } as const;
const reset = Object.assign(new Error(), { code: "ECONNRESET" });
const refused = Object.assign(new Error(), { code: "ECONNREFUSED" });
const honest: Answer = ({ body }) => json(honestAnswer(body));
const page = (status: number, headers: Record<string, string> = {}): Response =>
  new Response("<h1>no</h1>", { status, headers: { "content-type": "text/html", ...headers } });
const putOff = { "retry-after": "0" };
const busy = (): Response =>
  json({ error: { code: "rate_limited" }, request_id: "r-1" }, { status: 429, headers: putOff });

function clientOf(...answers: Answer[]) {
  const octane = scriptedOctane(...answers);
  const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch: octane.fetch });
  const keys = () => octane.seen.map(({ headers }) => headers.get("idempotency-key"));
  return { client, keys };
}

describe("a refusal that is not octane's own", () => {
  test.each([
    ["a proxy's 401", page(401)],
    ["a firewall's 403", page(403)],
    ["a gateway's 404", page(404)],
    ["a gateway's 429", page(429)],
    ["a proxy's 503", page(503)],
    [
      "a gateway's word without an id of octane's",
      json({ error: { code: "user_rejected" } }, { status: 403 }),
    ],
    ["an id alone", json({ error: "forbidden", request_id: "r-1" }, { status: 403 })],
    ["a code that is no word", json({ error: { code: 403 }, request_id: "r-1" }, { status: 403 })],
    ["an empty id", json({ error: { code: "not_found" }, request_id: "" }, { status: 404 })],
    ["nothing", new Response(null, { status: 403 })],
  ])("behavior: after %s the outcome is unknown, and the next call keeps the id", async (_, answer) => {
    const { client, keys } = clientOf(answer, honest);
    const error = await rejection(client.sign(request));
    expect(error).toMatchObject({ kind: "http", outcome: "unknown", idempotencyKey: keys()[0] });
    await client.sign(request);
    expect(keys()[1]).toBe(keys()[0]);
  });

  test.each([
    ["a page", page(503, putOff)],
    ["nothing", new Response("", { status: 429, headers: putOff })],
    [
      "a word without octane's id",
      json({ error: { code: "rate_limited" } }, { status: 429, headers: putOff }),
    ],
  ])("behavior: put off by %s, and not by octane, it is not asked again by itself", async (_, answer) => {
    const { client, keys } = clientOf(answer, honest);
    expect(await rejection(client.sign(request))).toMatchObject({ kind: "http", outcome: "unknown" });
    expect(keys()).toHaveLength(1);
    await client.sign(request);
    expect(keys()[1]).toBe(keys()[0]);
  });

  test("behavior: put off by octane itself it is, under its id", async () => {
    const { client, keys } = clientOf(busy(), busy(), honest);
    await client.sign(request);
    expect(keys()).toEqual(Array.from({ length: 3 }, () => keys()[0]));
  });

  test("behavior: a 408 is octane's decision only where it says so", async () => {
    const { client, keys } = clientOf(
      refusal(408, "request_timeout"),
      honest,
      refusal(408, "user_timeout"),
      honest,
    );
    expect(await rejection(client.sign(request))).toMatchObject({ outcome: "unknown" });
    await client.sign(request);
    expect(keys()[1]).toBe(keys()[0]);
    expect(await rejection(client.sign(request))).not.toHaveProperty("outcome");
    await client.sign(request);
    expect(keys()[3]).not.toBe(keys()[2]);
  });

  test("behavior: an answer to something else may hide the question: the next call keeps the id", async () => {
    const another: Answer = ({ body }) =>
      json({ ...honestAnswer(body), sp_signature: Buffer.alloc(64, 1).toString("base64url") });
    const { client, keys } = clientOf(another, honest);
    expect(await rejection(client.sign(request))).toMatchObject({ kind: "signature_mismatch", party: "sp" });
    await client.sign(request);
    expect(keys()[1]).toBe(keys()[0]);
  });

  test("behavior: a call that is aborted at once takes up no open question, and leaves it to the next", async () => {
    const { client, keys } = clientOf(reset, honest);
    await rejection(client.sign(request));
    const controller = new AbortController();
    const aborted = rejection(client.sign({ ...request, signal: controller.signal }));
    controller.abort("enough");
    await aborted;
    // It goes on for some turns after its end.
    for (let i = 0; i < 5; i++) await new Promise(setImmediate);
    await client.sign(request);
    expect(keys()).toHaveLength(2);
    expect(keys()[1]).toBe(keys()[0]);
  });

  test.each([
    ["a refused connection", [refused]],
    ["octane's own 429", [busy(), busy()]],
    ["octane's own refusal of the key", [refusal(401, "unauthorized")]],
  ])("behavior: %s after it leaves open what it left open", async (_, answers) => {
    const { client, keys } = clientOf(page(503, putOff), ...answers, honest);
    expect(await rejection(client.sign(request))).toMatchObject({ outcome: "unknown" });
    for (let i = 0; i < answers.length; i++) {
      const signed = await client.sign(request).then(
        () => true,
        () => false,
      );
      if (signed) break;
    }
    if (keys().length < answers.length + 2) await client.sign(request);
    expect(new Set(keys()).size).toBe(1);
  });

  test("behavior: octane's decision after it settles it", async () => {
    const { client, keys } = clientOf(page(503, putOff), refusal(403, "user_rejected"), honest);
    expect(await rejection(client.sign(request))).toMatchObject({ outcome: "unknown" });
    expect(await rejection(client.sign(request))).not.toHaveProperty("outcome");
    await client.sign(request);
    expect(keys()[1]).toBe(keys()[0]);
    expect(keys()[2]).not.toBe(keys()[0]);
  });

  test("behavior: put off by octane itself, and then out of reach, nothing was sent", async () => {
    const { client } = clientOf(busy(), refused);
    expect(await rejection(client.sign(request))).toMatchObject({ kind: "network", outcome: "not_sent" });
  });

  test("behavior: a word of somebody else's revokes no pair", async () => {
    const { client, keys } = clientOf(json({ error: { code: "pair_revoked" } }, { status: 403 }), honest);
    await rejection(client.sign(request));
    await client.sign(request);
    expect(keys()).toHaveLength(2);
  });
});

describe("what is remembered", () => {
  const message = (n: number, length: number) =>
    ({ address: "a-wallet", payload: new Uint8Array(length).fill(n), algo: "ed25519" }) as const;

  test("behavior: large calls as well as small ones", async () => {
    const numbers = Array.from({ length: 8 }, (_, n) => n);
    const { client, keys } = clientOf(...numbers.map(() => reset), reset, honest);
    for (const n of numbers) await rejection(client.sign(message(n, 150 * 1024)));
    await rejection(client.sign(message(9, 800_000)));
    for (const n of numbers) await client.sign(message(n, 150 * 1024));
    expect(keys().slice(9)).toEqual(keys().slice(0, 8));
  });

  test("behavior: 1,000 of them", async () => {
    const { client, keys } = clientOf(...Array.from({ length: 1_000 }, () => reset), honest);
    for (let n = 0; n < 1_000; n++) {
      const payload = new Uint8Array(32);
      new DataView(payload.buffer).setUint32(0, n);
      await rejection(client.sign({ ...request, payload }));
    }
    await client.sign({ ...request, payload: new Uint8Array(32) });
    expect(keys()[1_000]).toBe(keys()[0]);
  });

  test("behavior: for ten minutes from the first loss, so that what octane repeats for ever is asked anew in the end", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    try {
      const { client, keys } = clientOf(refusal(500, "internal"));
      for (let n = 0; n < 4; n++) {
        await rejection(client.sign(request));
        vi.advanceTimersByTime(240_000);
      }
      expect(keys().slice(0, 3)).toEqual(Array.from({ length: 3 }, () => keys()[0]));
      expect(keys()[3]).not.toBe(keys()[0]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("behavior: for ten minutes from when the answer was lost", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    try {
      const late: Answer = () => {
        vi.advanceTimersByTime(660_000);
        return Promise.reject(reset);
      };
      const { client, keys } = clientOf(late, honest, honest);
      await rejection(client.sign({ ...request, timeoutMs: 900_000 }));
      vi.advanceTimersByTime(599_000);
      await client.sign(request);
      await client.sign(request);
      expect(keys()[1]).toBe(keys()[0]);
      expect(keys()[2]).not.toBe(keys()[0]);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("asked for again in the turn in which it was given up", () => {
  const never: Answer = () => new Promise(() => {});

  test.each([[false], [true]])("behavior: aborted, with dedupe %s: the id stays", async (dedupe) => {
    const octane = scriptedOctane(never, honest);
    const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, dedupe, fetch: octane.fetch });
    const controller = new AbortController();
    const first = rejection(client.sign({ ...request, signal: controller.signal }));
    await vi.waitUntil(() => octane.seen.length === 1);
    controller.abort();
    await client.sign(request);
    expect(await first).toMatchObject({ kind: "network", outcome: "unknown" });
    const [one, other] = octane.seen.map(({ headers }) => headers.get("idempotency-key"));
    expect(other).toBe(one);
    expect(octane.seen).toHaveLength(2);
  });

  test("behavior: what goes on meanwhile is another question", async () => {
    const octane = scriptedOctane(honest);
    const client = new AstrotrainClient({ ...access, privateKeySeed: spSeed, fetch: octane.fetch });
    await Promise.all([client.sign(request), client.sign(request)]);
    expect(new Set(octane.seen.map(({ headers }) => headers.get("idempotency-key"))).size).toBe(2);
  });
});
