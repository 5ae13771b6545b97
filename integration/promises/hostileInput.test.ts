import type { Socket } from "node:net";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import { AstrotrainClient, ConfigError, SignError } from "@sigil/astrotrain";
import { figure, rounds } from "@sigil/testing/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { goodAnswer, headText, json } from "./answers.js";
import { apiKey, type CallName, callNames, calls, errorName, isWait, seed } from "./calls.js";
import { failureOf } from "./concurrently.js";
import { heldAfterCollection, heldBytes } from "./heap.js";
import { startRawOctane } from "./rawOctane.js";
import { within } from "./within.js";

const KiB = 1024;
const MiB = 1024 * KiB;
const stream = { "content-type": "text/event-stream" } as const;

/** createNodeFetch decodes nothing: to it no coding is a bomb. */
const decodes = process.env.SIGIL_FIGURES_WITH !== "createNodeFetch";

const huge = Buffer.alloc(64 * MiB, " ");
const fastBrotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

/** Bodies without a reasonable end: what each says of its coding, and its bytes, or endless ones. */
const bombs: Readonly<Record<string, readonly [coding: string | undefined, body: Buffer | "endless"]>> = {
  gzip: ["gzip", gzipSync(huge)],
  br: ["br", brotliCompressSync(huge, fastBrotli)],
  deflate: ["deflate", deflateSync(huge)],
  endless: [undefined, "endless"],
};

const kindsOfBomb = decodes ? Object.keys(bombs) : ["endless"];

/** Writes for as long as somebody reads. */
function writeEndlessly(socket: Socket): void {
  const chunk = Buffer.alloc(16 * KiB, " ");
  const go = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on("drain", go);
  go();
}

/** A fetch that counts what is read of its bodies, after decoding, and the most that is held meanwhile. */
function countingFetch() {
  const seen = { decoded: 0, heldAtMost: 0 };
  const counting: typeof globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init);
    const reader = response.body?.getReader();
    if (reader === undefined) return response;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const { done, value } = await reader.read();
          // Long past the cap: that is enough to know.
          if (done || seen.decoded > MiB) return controller.close();
          seen.decoded += value.length;
          seen.heldAtMost = Math.max(seen.heldAtMost, heldBytes());
          controller.enqueue(value);
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
    return new Response(body, response);
  };
  return { fetch: counting, seen };
}

type Bomb = {
  readonly name: CallName;
  readonly bomb: string;
  readonly status: number;
  readonly type: Readonly<Record<string, string>>;
};

async function swallow({ name, bomb, status, type }: Bomb) {
  const [coding, body = "endless"] = bombs[bomb] ?? [];
  const octane = await startRawOctane((socket) => {
    socket.write(
      headText(status, { ...type, ...(coding === undefined ? {} : { "content-encoding": coding }) }),
    );
    if (body === "endless") writeEndlessly(socket);
    else socket.end(body);
  });
  const { fetch, seen } = countingFetch();
  const before = heldBytes();
  const startedAt = performance.now();
  const error = await failureOf(calls[name]({ octaneUrl: octane.url, fetch, timeoutMs: 20_000 }));
  const tookMs = performance.now() - startedAt;
  await octane.close();
  return { name, bomb, status, error, tookMs, decoded: seen.decoded, grown: seen.heldAtMost - before };
}

const bombsFor = (name: CallName): readonly Bomb[] =>
  kindsOfBomb.flatMap((bomb) => [
    { name, bomb, status: 200, type: json },
    { name, bomb, status: 403, type: json },
    ...(isWait(name) ? [{ name, bomb, status: 200, type: stream }] : []),
  ]);

const kindOfBomb = ({ status, type }: Bomb): string => {
  if (status === 403) return "http";
  return type === stream ? "malformed_sse_frame" : "deserialise";
};

type Cost = { readonly tookMs: number; readonly grown: number };

/** What another's work on the machine, or the collector's own time, has a say in. */
const isQuick = ({ tookMs, grown }: Cost): boolean => tookMs <= 500 && grown <= 8 * MiB;

test("R13: bombs of three codings and endless bodies stop within 256 + 64 KiB decoded, 500 ms and 8 MiB, in 7 calls", async () => {
  const most = { bodies: 0, repeated: 0, decoded: 0, tookMs: 0, grown: 0 };
  // The first of all loads the code of fetch.
  await swallow({ name: "sign", bomb: "br", status: 200, type: json });
  for (const name of callNames) {
    await heldAfterCollection();
    for (const each of bombsFor(name)) {
      const { measured, repeated } = await within(
        isQuick,
        () => swallow(each),
        ({ error, decoded }) => {
          expect([each, error]).toMatchObject([each, { name: errorName(name), kind: kindOfBomb(each) }]);
          expect([each, decoded]).toSatisfy(() => decoded <= 320 * KiB);
          if (each.status === 403)
            expect((error as { body: string }).body.length).toBeLessThanOrEqual(64 * KiB);
        },
      );
      const { error: _, ...swallowed } = measured;
      expect([each, swallowed, isQuick(swallowed)]).toEqual([each, swallowed, true]);
      if (repeated > 0) most.repeated++;
      for (const key of ["decoded", "tookMs", "grown"] as const)
        most[key] = Math.max(most[key], swallowed[key]);
      most.bodies++;
    }
  }
  expect(most.bodies).toBe(16 * kindsOfBomb.length);
  figure(
    "R13",
    `${most.bodies} bodies: at most ${Math.ceil(most.decoded / KiB)} KiB decoded, ${most.tookMs.toFixed(0)} ms, ${(most.grown / MiB).toFixed(1)} MiB held (${most.repeated} measured again for time or memory)`,
  );
}, 600_000);

/** An answer that would be right, but for what its headers say of it. */
const mislabelled: readonly (readonly [
  headers: Readonly<Record<string, string | readonly string[]>>,
  times: number,
])[] = [
  [{ ...json, "content-encoding": "gzip, gzip, gzip, gzip, gzip, gzip" }, 6],
  [{ ...json, "content-encoding": "identity, identity, identity, identity, identity, identity" }, 0],
  [{ ...json, "content-encoding": "compress" }, 0],
  [{ ...json, "content-encoding": "aes128gcm" }, 0],
  [{ ...json, "content-encoding": ["gzip", "snappy"] }, 0],
  [{}, 0],
  [{ "content-type": "text/html" }, 0],
  [{ "content-type": "text/json" }, 0],
  [{ "content-type": "application/json-seq" }, 0],
  [{ "content-type": "application/octet-stream" }, 0],
];

const codingsIn = (headers: Readonly<Record<string, string | readonly string[]>>): number =>
  String(headers["content-encoding"] ?? "").split(",").length;

const gzipTimes = (body: string, times: number): Buffer =>
  times === 0 ? Buffer.from(body) : gzipSync(gzipTimes(body, times - 1));

test("R14: 10 answers in stacked or unknown codings, or of a wrong type or none, are refused in 7 calls", async () => {
  let refused = 0;
  for (const [headers, times] of mislabelled) {
    const octane = await startRawOctane((socket, request) => {
      const body = gzipTimes(JSON.stringify(goodAnswer(request)), times);
      socket.write(headText(200, { ...headers, "content-length": String(body.length) }));
      socket.write(body);
    });
    // Node itself refuses so many codings, as if the answer had never come; what waits then asks again.
    const [kind, timeoutMs] = codingsIn(headers) > 5 && decodes ? ["network", 500] : ["deserialise", 15_000];
    const ask = (name: CallName) => failureOf(calls[name]({ octaneUrl: octane.url, timeoutMs }));
    const errors = await Promise.all(callNames.map(ask));
    for (const [i, error] of errors.entries()) {
      const name = errorName(callNames[i] ?? "sign");
      expect([headers, error]).toMatchObject([headers, { name, kind }]);
      refused++;
    }
  }
  expect([mislabelled.length, refused]).toEqual([10, 70]);
  figure("R14", `${refused} of ${mislabelled.length * callNames.length} answers refused`);
});

const nested = (depth: number, open: string, close: string): string =>
  open.repeat(depth) + close.repeat(depth);
const members = (count: number): string => Array.from({ length: count }, (_, i) => `"k${i}":0`).join();

/** Members that an object may have beside those that the protocol names. */
const strayMembers: readonly string[] = [
  '"__proto__":{"polluted":1}',
  '"__proto__":null',
  '"__proto__":[]',
  '"__proto__":"x","__proto__":{"polluted":1}',
  '"\\u005f_proto__":{"polluted":1}',
  '"constructor":{"prototype":{"polluted":1}}',
  '"constructor":null',
  '"prototype":{"polluted":1}',
  '"toString":"x"',
  '"valueOf":null',
  '"hasOwnProperty":1',
  '"then":{"then":1}',
  '"toJSON":"x"',
  '"__defineGetter__":1',
  '"message":"x","stack":"x","name":"x"',
  '"length":-1',
  '"":1',
  `"a":${nested(10_000, "[", "]")}`,
  `"a":${nested(100_000, "[", "]")}`,
  `"a":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  `"a":${'{"__proto__":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  '"a":1e400',
  '"a":-1e400',
  '"a":1e-400',
  `"a":${"9".repeat(10_000)}`,
  '"a":-0',
  '"\\ud800":1',
  '"a":"\\ud800\\udfff"',
  '"\\u0000":"\\u0000"',
  '"\\u2028":"\\u202e"',
  members(15_000),
  `"a":[${"0,".repeat(100_000)}0]`,
  `"${"k".repeat(200_000)}":1`,
  `"a":"${"v".repeat(200_000)}"`,
];

/** The good answer with one stray member before or after its own. */
const withStray = (stray: string, good: object): string => `{${stray},${JSON.stringify(good).slice(1)}`;

/** Documents that are no answer, though most of them are JSON. */
const noAnswers: readonly (string | ((good: string) => string | Uint8Array))[] = [
  ...["null", "true", "0", '"{}"', "[]", "[{}]", "{}", "", "{", '{"a":}', '{"a":1,}', "NaN", "Infinity"],
  ...["undefined", "{'a':1}", "{a:1}", '{"a":01}', "{}{}", "/**/{}", '"\\ud800"', nested(120_000, "[", "]")],
  (good) => `{"__proto__":${good}}`,
  (good) => `[${good}]`,
  (good) => `${good.slice(0, -1)},${members(100_000)}}`,
  (good) => Buffer.from(good, "utf16le"),
  (good) => Buffer.concat([Buffer.from(good.slice(0, -1)), Buffer.from([0xff, 0xfe])]),
];

const answerWith =
  (documentOf: (good: object) => string | Uint8Array): typeof globalThis.fetch =>
  async (input, { method = "GET", body } = {}) => {
    const path = new URL(String(input)).pathname;
    const document = documentOf(goodAnswer({ method, path, body: String(body ?? "") }));
    return new Response(document as BodyInit, { headers: json });
  };

/** Everything that an object inherits without being asked. */
const prototypes = (): readonly unknown[] =>
  [Object, Array, String, Number, Function, Error, Promise].flatMap(({ prototype }) =>
    Reflect.ownKeys(prototype).map((key) => [key, Reflect.getOwnPropertyDescriptor(prototype, key)?.value]),
  );

const octaneUrl = "https://octane.example";

test("R15: 60 hostile JSON documents in 7 calls change no prototype, overflow no stack, and leave only known fields", async () => {
  const before = prototypes();
  const counts = { answered: 0, refused: 0 };
  const check = (error: unknown, name: CallName): void => {
    expect(error).toMatchObject({ name: errorName(name), kind: "deserialise" });
    // The stack's overflow is a RangeError as well as the cap's.
    expect(String((error as Error).cause)).not.toContain("call stack");
    counts.refused++;
  };
  for (const name of callNames) {
    const right = await calls[name]({ octaneUrl, fetch: answerWith((good) => JSON.stringify(good)) });
    for (const stray of strayMembers) {
      const fetch = answerWith((good) => withStray(stray, good));
      const got = await calls[name]({ octaneUrl, fetch });
      expect([stray.slice(0, 40), got]).toStrictEqual([stray.slice(0, 40), right]);
      counts.answered++;
    }
    for (const document of noAnswers) {
      const fetch = answerWith((good) =>
        typeof document === "string" ? document : document(JSON.stringify(good)),
      );
      check(await failureOf(calls[name]({ octaneUrl, fetch, timeoutMs: 5_000 })), name);
    }
  }
  expect(prototypes()).toEqual(before);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect([strayMembers.length + noAnswers.length, counts.answered + counts.refused]).toEqual([60, 420]);
  figure(
    "R15",
    `${counts.answered} answers with known fields only, ${counts.refused} refused, prototypes unchanged`,
  );
});

/** Right so often that one wrong option is often the only one: the first that is wrong hides the rest. */
const mostly = (right: unknown, ...others: fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(right) },
    ...[...others, fc.anything()].map((arbitrary) => ({ weight: 1, arbitrary })),
  );

const configs = fc.record(
  {
    octaneUrl: mostly(octaneUrl, fc.webUrl(), fc.string()),
    apiKey: mostly(apiKey, fc.string({ unit: "binary" })),
    privateKeySeed: mostly(seed, fc.uint8Array({ maxLength: 64 }), fc.base64String(), fc.constant(undefined)),
    signer: mostly(undefined, fc.record({ publicKey: mostly(seed), sign: fc.func(fc.anything()) })),
    octanePublicKey: mostly(undefined, fc.uint8Array({ maxLength: 33 })),
    timeoutMs: mostly(undefined, fc.double(), fc.integer()),
    maxConcurrency: mostly(undefined, fc.nat(), fc.double()),
    dedupe: mostly(undefined, fc.boolean()),
    fetch: mostly(undefined, fc.func(fc.anything())),
  },
  { requiredKeys: ["octaneUrl", "apiKey"] },
);

const fields = [
  ...["octaneUrl", "apiKey", "privateKeySeed", "signer", "octanePublicKey", "timeoutMs", "maxConcurrency"],
  ...["dedupe", "fetch", "options"],
];

/** What comes of a configuration: `accepted`, the field or kind that is at fault, or a description of what must not be. */
function verdictOn(config: unknown): string {
  try {
    new AstrotrainClient(config as ConstructorParameters<typeof AstrotrainClient>[0]).close();
    return "accepted";
  } catch (error) {
    if (error instanceof ConfigError && fields.includes(error.field)) return error.field;
    if (error instanceof SignError && ["invalid_seed", "seed_length"].includes(error.kind)) return error.kind;
    return `unexpected: ${error}`;
  }
}

test("R17: 1,000 random configurations are accepted, or refused by a ConfigError with its field or the seed's own kinds", () => {
  const verdicts = new Map<string, number>();
  fc.assert(
    fc.property(fc.oneof({ weight: 19, arbitrary: configs }, fc.anything()), (config) => {
      const verdict = verdictOn(config);
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      expect(verdict).not.toMatch(/^unexpected/);
    }),
    { numRuns: rounds(1_000) },
  );
  const tried = [...verdicts.values()].reduce((sum, each) => sum + each, 0);
  const accepted = verdicts.get("accepted") ?? 0;
  figure(
    "R17",
    `${accepted} of ${tried} accepted, ${tried - accepted} refused for ${verdicts.size - 1} reasons`,
  );
});
