// What is said of a wrong argument, word for word: a user reads it, and it must not change unnoticed.
import { expect, test } from "vitest";
import { access, rejection } from "../test/scriptedOctane.js";
import { AstrotrainClient, createPairSession, getEnabledWallets, validateSpKey } from "./index.js";

const requests: unknown[] = [];
const fetch = async (...request: unknown[]): Promise<Response> => {
  requests.push(request);
  return new Response(null, { status: 500 });
};

const scopes = [{ chain: "ethereum", access: "sign" }];
const create = (options: object): Promise<unknown> =>
  createPairSession({ ...access, fetch, spUserRef: "ada", requestedScopes: scopes, ...options } as never);
const wallets = (pairId: unknown): Promise<unknown> =>
  getEnabledWallets({ ...access, fetch, pairId: pairId as string });
const validate = (code: unknown): Promise<unknown> =>
  validateSpKey({ ...access, fetch, pairId: "p-1", code: code as string });

const url = "returnUrl: must be an https URL without user name, password, white space or backslash.";
const id =
  "pairId: is not an id that octane gives out: it has a slash, a backslash or a control character, or is a dot segment.";
const plain = "clientMeta: must be a plain object.";
const noJson = "clientMeta: must be JSON: no bigint, no circle.";
const seconds = "expiresInSecs: must be a whole number of seconds from 1 to 600.";
const scopeList =
  'requestedScopes: must be a non-empty array such as [{ chain: "ethereum", access: "sign" }].';

test.each<[message: string, call: () => Promise<unknown>]>([
  ["options: must be an object.", () => createPairSession(undefined as never)],
  ["spUserRef: must be a non-empty string.", () => create({ spUserRef: "" })],
  ["spUserRef: must have at most 1024 characters, not 1025.", () => create({ spUserRef: "a".repeat(1025) })],
  [
    "spUserRef: must be well-formed Unicode: it has a lone surrogate.",
    () => create({ spUserRef: "a\ud800" }),
  ],
  [scopeList, () => create({ requestedScopes: [] })],
  [scopeList, () => create({ requestedScopes: "ethereum" })],
  ["requestedScopes[0].chain: must be a non-empty string.", () => create({ requestedScopes: [null] })],
  [
    "requestedScopes[0].chain: must have at most 64 characters, not 65.",
    () => create({ requestedScopes: [{ chain: "a".repeat(65), access: "sign" }] }),
  ],
  [
    'requestedScopes[1].access: must be "sign" or "read".',
    () => create({ requestedScopes: [...scopes, { chain: "solana" }] }),
  ],
  [seconds, () => create({ expiresInSecs: 0 })],
  [seconds, () => create({ expiresInSecs: 601 })],
  [seconds, () => create({ expiresInSecs: 1.5 })],
  ["returnUrl: must be a non-empty string.", () => create({ returnUrl: "" })],
  [
    "returnUrl: must have at most 2048 characters, not 2049.",
    () => create({ returnUrl: `https://${"a".repeat(2041)}` }),
  ],
  [url, () => create({ returnUrl: "http://app.example" })],
  [url, () => create({ returnUrl: "xhttps://app.example" })],
  [url, () => create({ returnUrl: "https:///app.example" })],
  [url, () => create({ returnUrl: "https://:secret@app.example" })],
  [url, () => create({ returnUrl: "https://ada@app.example" })],
  [url, () => create({ returnUrl: "https://app.example\\x" })],
  [url, () => create({ returnUrl: "https://app .example" })],
  [url, () => create({ returnUrl: "https://app.example:99999" })],
  [plain, () => create({ clientMeta: [] })],
  [plain, () => create({ clientMeta: "meta" })],
  [plain, () => create({ clientMeta: null })],
  [plain, () => create({ clientMeta: new Map() })],
  [plain, () => create({ clientMeta: { toJSON: () => "text" } })],
  [noJson, () => create({ clientMeta: { a: 1n } })],
  ["pairId: must be a non-empty string.", () => wallets(7)],
  ["pairId: must have at most 256 characters, not 257.", () => wallets("a".repeat(257))],
  [id, () => wallets("a/b")],
  [id, () => wallets("a\\b")],
  [id, () => wallets(".")],
  [id, () => wallets("..")],
  ["code: must be a string of six digits.", () => validate("12345")],
  ["code: must be a string of six digits.", () => validate(123456)],
  ["code: must be a string of six digits.", () => validate("0123456")],
])("behavior: %s", async (message, call) => {
  requests.length = 0;
  expect(await rejection(call())).toHaveProperty("message", message);
  expect(requests).toEqual([]);
});

test.each<[what: string, options: object, sent: object]>([
  ["expiresInSecs of 1", { expiresInSecs: 1 }, { expires_in_secs: 1 }],
  ["expiresInSecs of 600", { expiresInSecs: 600 }, { expires_in_secs: 600 }],
  ["none", {}, { expires_in_secs: 300 }],
  ["a returnUrl of 2048 characters", { returnUrl: `https://${"a.".repeat(1020)}` }, {}],
  [
    "a returnUrl in capitals",
    { returnUrl: "HTTPS://APP.example/x" },
    { return_url: "HTTPS://APP.example/x" },
  ],
  ["a returnUrl with @ in its path", { returnUrl: "https://app.example/@ada" }, {}],
  [
    "clientMeta of no prototype",
    { clientMeta: Object.assign(Object.create(null), { a: 1 }) },
    { client_meta: { a: 1 } },
  ],
  [
    "clientMeta of any JSON",
    { clientMeta: { a: [1, null, { b: "c" }] } },
    { client_meta: { a: [1, null, { b: "c" }] } },
  ],
  ["spUserRef of 1024 characters", { spUserRef: "a".repeat(1024) }, { sp_user_ref: "a".repeat(1024) }],
])("parameters: %s is sent", async (_, options, sent) => {
  requests.length = 0;
  await rejection(create(options));
  const [, init] = requests[0] as [string, RequestInit];
  expect(JSON.parse(String(init.body))).toMatchObject(sent);
});

test("behavior: clientMeta is what it was at the call", async () => {
  requests.length = 0;
  const clientMeta = { a: 1 };
  const running = rejection(create({ clientMeta }));
  clientMeta.a = 2;
  await running;
  const [, init] = requests[0] as [string, RequestInit];
  expect(JSON.parse(String(init.body))).toMatchObject({ client_meta: { a: 1 } });
});

const hint =
  ' It looks like hexadecimal: base64url is wanted, as Buffer.from(hex, "hex").toString("base64url") makes it.';
const length = (bytes: number): string => `privateKeySeed: is ${bytes} bytes; an Ed25519 seed is 32.`;
const spelling = "privateKeySeed: must be 32 bytes, or base64url of them without padding (43 characters).";

test.each<[what: string, seed: string, kind: string, message: string]>([
  ["in hexadecimal", "0A".repeat(32), "seed_length", length(48) + hint],
  ["in hexadecimal after 0x", `0x${"0a".repeat(32)}`, "invalid_seed", spelling + hint],
  ["of 63 such letters", "A".repeat(63), "seed_length", length(47)],
  ["of 64 letters", "z".repeat(64), "seed_length", length(48)],
  ["that is no base64url", "?".repeat(64), "invalid_seed", spelling],
])("behavior: a seed %s is told as that", (_, privateKeySeed, kind, message) => {
  const make = () => new AstrotrainClient({ ...access, privateKeySeed });
  expect(make).toThrow(expect.objectContaining({ kind, message }));
});
