import { describe, expect, test } from "vitest";
import { digest, spSeed, spSeedText, wallet } from "../test/keys.js";
import { access, rejection } from "../test/scriptedOctane.js";
import {
  awaitPairResult,
  type BuildPairUriOptions,
  buildPairUri,
  createPairSession,
  getEnabledWallets,
  revokePairing,
  sign,
  subscribeToEvents,
  validateSpKey,
} from "./index.js";

/** Calls with one argument wrong, and the error that must come before any request. */
type Case = readonly [
  title: string,
  options: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
];

const config = (field: string): Record<string, unknown> => ({ name: "ConfigError", field });
const range = { name: "RangeError" };
const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

const everywhere: readonly Case[] = [
  ["octaneUrl missing", { octaneUrl: undefined }, config("octaneUrl")],
  ["octaneUrl not a URL", { octaneUrl: "octane" }, config("octaneUrl")],
  ["octaneUrl plain http", { octaneUrl: "http://octane.example" }, config("octaneUrl")],
  ["octaneUrl with a password", { octaneUrl: "https://a:b@octane.example" }, config("octaneUrl")],
  ["octaneUrl with a query", { octaneUrl: "https://octane.example?a" }, config("octaneUrl")],
  ["apiKey missing", { apiKey: undefined }, config("apiKey")],
  ["apiKey empty", { apiKey: "" }, config("apiKey")],
  ["apiKey with a line break", { apiKey: "a\nb" }, config("apiKey")],
  ["apiKey outside ASCII", { apiKey: "clé" }, config("apiKey")],
  ["fetch not a function", { fetch: "fetch" }, config("fetch")],
  ["signal not a signal", { signal: {} }, config("signal")],
  ["signal null", { signal: null }, config("signal")],
  ["timeoutMs zero", { timeoutMs: 0 }, config("timeoutMs")],
  ["timeoutMs negative", { timeoutMs: -1 }, config("timeoutMs")],
  ["timeoutMs NaN", { timeoutMs: Number.NaN }, config("timeoutMs")],
  ["timeoutMs endless", { timeoutMs: Number.POSITIVE_INFINITY }, config("timeoutMs")],
  ["timeoutMs text", { timeoutMs: "1000" }, config("timeoutMs")],
  ["timeoutMs misspelt", { timeoutMS: 1_000 }, config("timeoutMS")],
];

const idCases = (field: string): readonly Case[] =>
  [
    ["missing", { [field]: undefined }, config(field)],
    ["empty", { [field]: "" }, config(field)],
    ["a number", { [field]: 7 }, config(field)],
    ["a dot segment", { [field]: ".." }, config(field)],
    ["with a slash", { [field]: "../../sp/sign" }, config(field)],
    ["with a backslash", { [field]: "..\\x" }, config(field)],
    ["with NUL", { [field]: "a\0" }, config(field)],
    ["with a lone surrogate", { [field]: "a\ud800" }, config(field)],
    ["10,000 characters long", { [field]: "a".repeat(10_000) }, config(field)],
  ].map(([title, options, expected]) => [`${field} ${title}`, options, expected] as Case);

const codeCases: readonly Case[] = [
  "",
  "12345",
  "1234567",
  "12345a",
  " 12345",
  "12345\n",
  "１２３４５６",
  123456,
  undefined,
].map((code) => [`code ${JSON.stringify(code)}`, { code }, config("code")]);

const scope = { chain: "ethereum", access: "sign" };
const createCases: readonly Case[] = [
  ["spUserRef missing", { spUserRef: undefined }, config("spUserRef")],
  ["spUserRef empty", { spUserRef: "" }, config("spUserRef")],
  ["spUserRef with a lone surrogate", { spUserRef: "\udfff" }, config("spUserRef")],
  ["requestedScopes missing", { requestedScopes: undefined }, config("requestedScopes")],
  ["requestedScopes empty", { requestedScopes: [] }, config("requestedScopes")],
  ["requestedScopes with null", { requestedScopes: [null] }, config("requestedScopes[0].chain")],
  [
    "requestedScopes without a chain",
    { requestedScopes: [scope, { access: "sign" }] },
    config("requestedScopes[1].chain"),
  ],
  [
    "requestedScopes with another access",
    { requestedScopes: [{ ...scope, access: "write" }] },
    config("requestedScopes[0].access"),
  ],
  ["expiresInSecs zero", { expiresInSecs: 0 }, range],
  ["expiresInSecs 601", { expiresInSecs: 601 }, range],
  ["expiresInSecs broken", { expiresInSecs: 1.5 }, range],
  ["expiresInSecs negative", { expiresInSecs: -1 }, range],
  ["expiresInSecs NaN", { expiresInSecs: Number.NaN }, range],
  ["expiresInSecs text", { expiresInSecs: "300" }, range],
  ["expiresInSecs null", { expiresInSecs: null }, range],
  ["returnUrl misspelt", { returnURL: "https://you.com" }, config("returnURL")],
  ["expiresInSecs misspelt", { expiresInSec: 60 }, config("expiresInSec")],
  ["returnUrl http", { returnUrl: "http://you.com" }, config("returnUrl")],
  ["returnUrl a script", { returnUrl: "javascript:alert(1)" }, config("returnUrl")],
  ["returnUrl without a scheme", { returnUrl: "//you.com" }, config("returnUrl")],
  ["returnUrl with a user", { returnUrl: "https://you.com@evil.example" }, config("returnUrl")],
  ["returnUrl with a tab", { returnUrl: "https://you\t.com" }, config("returnUrl")],
  ["returnUrl with a backslash", { returnUrl: "https:\\\\you.com" }, config("returnUrl")],
  ["returnUrl with three slashes", { returnUrl: "https:///you.com" }, config("returnUrl")],
  ["returnUrl a number", { returnUrl: 7 }, config("returnUrl")],
  ["clientMeta an array", { clientMeta: [] }, config("clientMeta")],
  ["clientMeta text", { clientMeta: "a" }, config("clientMeta")],
  ["clientMeta with a bigint", { clientMeta: { a: 1n } }, config("clientMeta")],
  ["clientMeta a Date", { clientMeta: new Date(0) }, config("clientMeta")],
  ["clientMeta a Map", { clientMeta: new Map() }, config("clientMeta")],
  ["clientMeta that is text as JSON", { clientMeta: { toJSON: () => "text" } }, config("clientMeta")],
  ["requestedScopes with holes", { requestedScopes: new Array(2) }, config("requestedScopes[0].chain")],
  ["clientMeta in a circle", { clientMeta: cyclic }, config("clientMeta")],
];

const signError = (kind: string, fields = {}): Record<string, unknown> => ({
  name: "SignError",
  kind,
  ...fields,
});
const signCases: readonly Case[] = [
  ["octaneUrl a path, without a page", { octaneUrl: "/api", fetch: undefined }, config("octaneUrl")],
  ["no key at all", { privateKeySeed: undefined }, config("privateKeySeed")],
  ["seed and signer", { signer: { publicKey: spSeed, sign: () => new Uint8Array(64) } }, config("signer")],
  [
    "signer without sign",
    { privateKeySeed: undefined, signer: { publicKey: spSeed } },
    config("privateKeySeed"),
  ],
  [
    "signer.publicKey missing",
    { privateKeySeed: undefined, signer: { sign: () => 0 } },
    signError("invalid_seed"),
  ],
  [
    "signer.publicKey short",
    { privateKeySeed: undefined, signer: { publicKey: spSeed.slice(1), sign: () => 0 } },
    signError("invalid_seed"),
  ],
  ["seed padded", { privateKeySeed: `${spSeedText}=` }, signError("invalid_seed")],
  ["seed in base64", { privateKeySeed: `+/${spSeedText.slice(2)}` }, signError("invalid_seed")],
  ["seed with white space", { privateKeySeed: `${spSeedText}\n` }, signError("invalid_seed")],
  ["seed with stray bits", { privateKeySeed: `${spSeedText.slice(0, -1)}F` }, signError("invalid_seed")],
  ["seed a number", { privateKeySeed: 7 }, signError("invalid_seed")],
  ["seed null", { privateKeySeed: null }, signError("invalid_seed")],
  ["seed in hexadecimal", { privateKeySeed: "01".repeat(32) }, signError("seed_length", { got: 48 })],
  ["seed empty", { privateKeySeed: "" }, signError("seed_length", { got: 0 })],
  ["seed of 31 bytes", { privateKeySeed: spSeed.slice(1) }, signError("seed_length", { got: 31 })],
  ["seed of 64 bytes", { privateKeySeed: new Uint8Array(64) }, signError("seed_length", { got: 64 })],
  ["octanePublicKey short", { octanePublicKey: new Uint8Array(31) }, config("octanePublicKey")],
  ["octanePublicKey in hexadecimal", { octanePublicKey: "02".repeat(32) }, config("octanePublicKey")],
  ["address missing", { address: undefined }, config("address")],
  ["address empty", { address: "" }, config("address")],
  ["address with a space", { address: `${wallet} ` }, config("address")],
  ["address outside ASCII", { address: "0xé" }, config("address")],
  ["payload missing", { payload: undefined }, config("payload")],
  ["payload in hexadecimal", { payload: `0x${"07".repeat(32)}` }, config("payload")],
  ["payload an array of numbers", { payload: [...digest] }, config("payload")],
  ["payload another view", { payload: new Uint16Array(16) }, config("payload")],
  ["payload of 31 bytes", { payload: digest.slice(1) }, config("payload")],
  ["payload of 33 bytes", { payload: new Uint8Array(33) }, config("payload")],
  ["payload empty", { payload: new Uint8Array() }, config("payload")],
  ["algo missing", { algo: undefined }, config("algo")],
  ["algo in upper case", { algo: "ED25519" }, config("algo")],
  ["chain empty", { chain: "" }, config("chain")],
  ["chain a number", { chain: 1 }, config("chain")],
];

const good = {
  createPairSession: { spUserRef: "user-42", requestedScopes: [scope] },
  awaitPairResult: { sessionId: "s-1" },
  validateSpKey: { pairId: "p-1", code: "012345" },
  getEnabledWallets: { pairId: "p-1" },
  subscribeToEvents: { pairId: "p-1" },
  revokePairing: { pairId: "p-1" },
  sign: { privateKeySeed: spSeed, address: wallet, payload: digest, algo: "secp256k1" },
} as const;

const calls = {
  createPairSession,
  awaitPairResult,
  validateSpKey,
  getEnabledWallets,
  subscribeToEvents,
  revokePairing,
  sign,
};

const own: Readonly<Record<keyof typeof good, readonly Case[]>> = {
  createPairSession: createCases,
  awaitPairResult: idCases("sessionId"),
  validateSpKey: [...idCases("pairId"), ...codeCases],
  getEnabledWallets: idCases("pairId"),
  subscribeToEvents: idCases("pairId"),
  revokePairing: idCases("pairId"),
  sign: [...signCases, ...idCases("pairId").slice(1)],
};

describe.each(Object.keys(good) as (keyof typeof good)[])("%s", (name) => {
  test.each([...everywhere, ...own[name]])("behavior: %s", async (_, options, expected) => {
    let requests = 0;
    const fetch = async (): Promise<Response> => {
      requests++;
      return new Response(null, { status: 500 });
    };
    const call = calls[name] as (options: object) => Promise<unknown>;
    const error = (await rejection(call({ ...access, fetch, ...good[name], ...options }))) as Error;
    expect(error).toMatchObject(expected);
    expect(requests).toBe(0);
    for (const value of Object.values(options)) {
      if (typeof value === "string" && value.length > 6) expect(error.message).not.toContain(value);
    }
  });
});

test.each(Object.entries(calls))("%s without options is a ConfigError", async (_, call) => {
  const bare = call as (options?: unknown) => Promise<unknown>;
  for (const options of [undefined, null, 7]) {
    expect(await rejection(bare(options))).toMatchObject(config("options"));
  }
});

describe("buildPairUri", () => {
  test.each([
    ["sessionId missing", { sessionId: undefined }, "sessionId"],
    ["scheme unknown", { scheme: "http" }, "scheme"],
    ["scheme missing", { scheme: undefined }, "scheme"],
    ["validationCode of five digits", { validationCode: "12345" }, "validationCode"],
    ["validationCode with a parameter", { validationCode: "123456&x=1" }, "validationCode"],
  ])("behavior: %s", (_, options, field) => {
    const bad = { sessionId: "s-1", scheme: "https", ...options } as BuildPairUriOptions;
    expect(() => buildPairUri(bad)).toThrow(expect.objectContaining(config(field)));
  });
});
