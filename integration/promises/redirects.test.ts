import { inspect } from "node:util";
import {
  AstrotrainClient,
  awaitPairResult,
  ConfigError,
  getEnabledWallets,
  revokePairing,
  subscribeToEvents,
} from "@sigil/astrotrain";
import { figure } from "@sigil/testing/promises";
import { expect, test } from "vitest";
import { goodText, httpText } from "./answers.js";
import {
  address,
  apiKey,
  type CallName,
  callNames,
  calls,
  errorName,
  type Given,
  pairId,
  payload,
  seed,
} from "./calls.js";
import { failureOf } from "./concurrently.js";
import { type RawOctane, startRawOctane } from "./rawOctane.js";

const codes = [301, 302, 303, 307, 308];

/** A server whose every answer sends the caller elsewhere, with whatever it brought. */
const startRedirecting = (code: number, location: string): Promise<RawOctane> =>
  startRawOctane((socket, request) => {
    const target = request.path.startsWith("/elsewhere/");
    socket.write(target ? goodText(request) : httpText(code, { location: location + request.path }));
  });

/** One call, and how many requests came to the place that it was sent to. */
async function isRedirected(name: CallName, code: number, crossOrigin: boolean) {
  const target = await startRawOctane((socket, request) => socket.write(goodText(request)));
  const octane = await startRedirecting(code, `${crossOrigin ? target.url : ""}/elsewhere`);
  const error = await failureOf(calls[name]({ octaneUrl: octane.url, timeoutMs: 15_000 }));
  const elsewhere = octane.requests.filter(({ path }) => path.startsWith("/elsewhere/"));
  const followed = target.requests.length + elsewhere.length;
  return { name, error, asked: octane.requests.length, followed };
}

test("R09: 5 redirects to this and to another origin in 7 calls: no request reaches the target", async () => {
  const cases = callNames.flatMap((name) =>
    codes.flatMap((code) => [true, false].map((crossOrigin) => isRedirected(name, code, crossOrigin))),
  );
  const redirected = await Promise.all(cases);
  for (const { name, error, asked, followed } of redirected) {
    expect(error).toMatchObject({ name: errorName(name), kind: "network" });
    expect((error as Error).message).toContain("redirect");
    expect([asked, followed]).toEqual([1, 0]);
  }
  expect(redirected).toHaveLength(70);
  const followed = redirected.reduce((sum, each) => sum + each.followed, 0);
  figure("R09", `${redirected.length} redirects, ${followed} requests at their targets`);
});

/** What the rule is about each of: https anywhere, http at home only, and nothing in it that could be more than a place. */
const accepted = [
  "https://api.sigilvault.xyz/octane",
  "https://octane.example",
  "https://octane.example:8443/base/",
  "HTTPS://OCTANE.EXAMPLE",
  "https://[2001:db8::1]/octane",
  "http://127.0.0.1:8124",
  "http://127.0.0.2:8124",
  "http://127.255.255.254",
  "http://127.1:8124",
  "http://2130706433:8124",
  "http://localhost",
  "http://LOCALHOST:8124/octane",
  "http://[::1]:8124",
];

/** "canary" stands wherever a secret might, so that an error that repeats it is found out. */
const refused = [
  "http://canary.example",
  "http://api.sigilvault.xyz/canary",
  "http://10.0.0.1/canary",
  "http://192.168.0.1/canary",
  "http://128.0.0.1/canary",
  "http://126.255.255.255/canary",
  "http://0.0.0.0/canary",
  "http://[::]/canary",
  "http://[::2]/canary",
  "http://[::ffff:127.0.0.1]/canary",
  "http://127.0.0.1.canary.example",
  "http://localhost.canary.example",
  "http://canary.localhost",
  "http://localhost@canary.example",
  "http://127.0.0.1:80@canary.example",
  "https://canary@octane.example",
  "https://user:canary@octane.example",
  "https://:canary@octane.example",
  "https://@canary.example",
  "https://octane.example?key=canary",
  "https://octane.example/canary?",
  "https://octane.example#canary",
  "https://octane.example/canary#",
  "https://octane.example\\@canary.example",
  "https:\\\\canary.example",
  "https://octane.example/canary\n",
  "https://octane.example/\tcanary",
  " https://canary.example",
  "ftp://canary.example",
  "ws://127.0.0.1/canary",
  "file:///canary",
  "javascript:canary",
  "data:text/plain,canary",
  "//canary.example",
  "canary.example",
];

const constructWith = (octaneUrl: string): AstrotrainClient =>
  new AstrotrainClient({ octaneUrl, apiKey, privateKeySeed: seed });

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

test("R10: 48 base URLs: http at home only, no user, query or fragment, and no error repeats them", async () => {
  expect([accepted.length + refused.length, new Set([...accepted, ...refused]).size]).toEqual([48, 48]);
  for (const octaneUrl of accepted)
    expect([octaneUrl, thrownBy(() => constructWith(octaneUrl))]).toEqual([octaneUrl, undefined]);
  let echoes = 0;
  for (const octaneUrl of refused) {
    const error = thrownBy(() => constructWith(octaneUrl));
    expect([octaneUrl, error]).toEqual([octaneUrl, expect.any(ConfigError)]);
    expect(error).toMatchObject({ field: "octaneUrl" });
    if (inspect(error, { depth: null, showHidden: true }).includes("canary")) echoes++;
    // Every call refuses what the constructor refuses.
    for (const name of callNames)
      expect(await failureOf(calls[name]({ octaneUrl }))).toBeInstanceOf(ConfigError);
  }
  expect(echoes).toBe(0);
  figure("R10", `${accepted.length} base URLs accepted, ${refused.length} refused, ${echoes} echoes`);
});

/** What an id could be that wants to be more than an id. */
const hostileIds: readonly string[] = [
  ...["..", ".", "../", "../..", "../../sp/sign", "..;", "./", "a/../b", "/..", "...", ". ."],
  ...[
    "%2e%2e",
    "%2e%2e%2f",
    "%2E%2E/",
    ".%2e",
    "%252e%252e%252f",
    "%2f",
    "%5c..%5c",
    "..%00",
    "%c0%ae%c0%ae",
    "%",
  ],
  ...[
    "/",
    "//",
    "//evil.example",
    "///",
    "/sp/sign",
    "a//b",
    "http://evil.example",
    "https:evil.example",
    "@evil",
  ],
  ...["?", "?x=1", "a?b=c", "??", "#", "#top", "a#b", "&x=1", ";x=1", "a=b"],
  ...["\\", "..\\", "\\\\evil.example", "a\\b", "\0", "a\0b", "\r\nx-evil: 1", "a\nb", "\t", "\x7f"],
  ...[" ", "a b", "é", "\u202e", "\ufeff", "\u2028", "．．", "\ud800", "𝒜", "x".repeat(10_240)],
];

type Slot = (id: string, given: Given) => Promise<unknown>;

/** The five places of a path that take an id. */
const slots: Readonly<Record<string, Slot>> = {
  "awaitPairResult sessionId": (id, given) => awaitPairResult({ apiKey, sessionId: id, ...given }),
  "getEnabledWallets pairId": (id, given) => getEnabledWallets({ apiKey, pairId: id, ...given }),
  "subscribeToEvents pairId": (id, given) => subscribeToEvents({ apiKey, pairId: id, ...given }),
  "revokePairing pairId": (id, given) => revokePairing({ apiKey, pairId: id, ...given }),
  "watchPair pairId": watches,
};

/** Until the request is there: a watch has no end of its own. */
async function watches(id: string, { octaneUrl, fetch }: Given): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const heard: typeof globalThis.fetch = async (...request) => {
      const response = await (fetch ?? globalThis.fetch)(...request);
      resolve();
      return response;
    };
    const client = new AstrotrainClient({ octaneUrl, apiKey, privateKeySeed: seed, fetch: heard });
    try {
      client.watchPair({ pairId: id, onRevoked: () => client.close(), onError: () => client.close() });
    } catch (error) {
      reject(error);
    }
  });
}

/** What the path must look like: that of a good id, with anything but an end of its segment in the id's place. */
function patternOf(path: string): RegExp {
  const [before = "", after = ""] = path.split(pairId);
  return new RegExp(`^${before}[^/?#\\\\]+${after}$`);
}

/** Whether a path is below the base, and stays there in the eyes of a server that puts paths in order. */
const isInPlace = (path: string, pattern: RegExp): boolean =>
  pattern.test(path) && new URL(path, "http://normal.example").pathname === path;

test("R11: 60 hostile ids in 5 places of the path stay below the base in one segment, or never leave", async () => {
  const octane = await startRawOctane((socket) => socket.write(httpText(404, {})));
  const octaneUrl = `${octane.url}/octane`;
  const counts = { sent: 0, refused: 0, escaped: 0 };
  for (const [slot, call] of Object.entries(slots)) {
    await failureOf(call(pairId, { octaneUrl }));
    const pattern = patternOf(octane.requests.at(-1)?.path ?? "");
    for (const id of hostileIds) {
      const before = octane.requests.length;
      const error = await failureOf(call(id, { octaneUrl, timeoutMs: 15_000 }));
      const paths = octane.requests.slice(before).map(({ path }) => path);
      if (paths.length === 0) expect([slot, id, error]).toEqual([slot, id, expect.any(ConfigError)]);
      counts.refused += Number(paths.length === 0);
      counts.sent += paths.length;
      counts.escaped += paths.filter((path) => !isInPlace(path, pattern)).length;
    }
  }
  expect(hostileIds).toHaveLength(60);
  expect([counts.escaped, counts.sent + counts.refused]).toEqual([0, 300]);
  figure(
    "R11",
    `${counts.sent} paths below the base, ${counts.refused} ids refused, ${counts.escaped} escaped`,
  );
});

const hostileKeys: readonly string[] = [
  ...["canary\rx", "canary\nx", "canary\r\nx-evil: 1", "canary\n", "\rcanary", "canary\0", "\0canary"],
  ...[
    "canary x",
    " canary",
    "canary\t",
    "canaryé",
    "canary€",
    "canary🔑",
    "canary\u2028",
    "canary\x7f",
    "canary\x1b[2J",
  ],
  ...["", " ", "canary\ud800", `canary${"k".repeat(65_536)}`],
];

test("R12: 20 hostile API keys and header values are refused before any request, and never repeated", async () => {
  const octane = await startRawOctane((socket, request) => socket.write(goodText(request)));
  const { url: octaneUrl } = octane;
  const client = new AstrotrainClient({ octaneUrl, apiKey, privateKeySeed: seed });
  const request = { address, payload, algo: "secp256k1" } as const;
  let refusals = 0;
  let echoes = 0;
  for (const key of hostileKeys) {
    const errors = [
      thrownBy(() => new AstrotrainClient({ octaneUrl, apiKey: key, privateKeySeed: seed })),
      await failureOf(client.sign({ ...request, idempotencyKey: key })),
      ...(await Promise.all(callNames.map((name) => failureOf(calls[name]({ octaneUrl, apiKey: key }))))),
    ];
    for (const [i, error] of errors.entries()) {
      expect([key.slice(0, 20), error]).toEqual([key.slice(0, 20), expect.any(ConfigError)]);
      expect(error).toMatchObject({ field: i === 1 ? "idempotencyKey" : "apiKey" });
      if (inspect(error, { depth: null, showHidden: true }).includes("canary")) echoes++;
      refusals++;
    }
  }
  expect([hostileKeys.length, echoes, octane.requests.length]).toEqual([20, 0, 0]);
  figure(
    "R12",
    `${refusals} refusals of ${hostileKeys.length} values, ${echoes} echoes, ${octane.requests.length} requests`,
  );
});
