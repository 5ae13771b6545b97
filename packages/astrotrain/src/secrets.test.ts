import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { digest, spSeed, spSeedText, wallet } from "../test/keys.js";
import { type Answer, json, refusal, rejection, scriptedOctane, sse } from "../test/scriptedOctane.js";
import { bytesToHex } from "./encoding/hex.js";
import {
  awaitPairResult,
  createPairSession,
  getEnabledWallets,
  revokePairing,
  sign,
  subscribeToEvents,
  validateSpKey,
} from "./index.js";

const apiKey = "test_canary_key_4f9a1c";
const canaries = [apiKey, spSeedText, bytesToHex(spSeed).slice(2)];
const access = { octaneUrl: "https://octane.example", apiKey };

const calls: Readonly<Record<string, (options: object) => Promise<unknown>>> = {
  createPairSession: (options) =>
    createPairSession({
      ...access,
      spUserRef: "u",
      requestedScopes: [{ chain: "base", access: "sign" }],
      ...options,
    }),
  awaitPairResult: (options) => awaitPairResult({ ...access, sessionId: "s-1", ...options }),
  validateSpKey: (options) => validateSpKey({ ...access, pairId: "p-1", code: "012345", ...options }),
  getEnabledWallets: (options) => getEnabledWallets({ ...access, pairId: "p-1", ...options }),
  subscribeToEvents: (options) => subscribeToEvents({ ...access, pairId: "p-1", ...options }),
  revokePairing: (options) => revokePairing({ ...access, pairId: "p-1", ...options }),
  sign: (options) =>
    sign({
      ...access,
      privateKeySeed: spSeed,
      address: wallet,
      payload: digest,
      algo: "secp256k1",
      ...options,
    }),
};

/** Octane repeats all that it was sent, in whatever it answers. */
const echo =
  (status: number, type: string): Answer =>
  ({ headers, url, body }) =>
    new Response(JSON.stringify({ error: { code: apiKey, message: [...headers], url, body } }), {
      status,
      headers: { "content-type": type },
    });

const faults: Readonly<Record<string, Answer>> = {
  "401 that repeats the request": echo(401, "application/json"),
  "404 that repeats the request, as HTML": echo(404, "text/html"),
  "200 that repeats the request": echo(200, "application/json"),
  "200 of another type": echo(200, "text/html"),
  "a refusal": refusal(403, "pair_revoked"),
  "a redirect to the key": new Response(null, {
    status: 307,
    headers: { location: `https://evil.example/${apiKey}` },
  }),
  "broken JSON": new Response(`{"${apiKey}`, { headers: { "content-type": "application/json" } }),
  "a stream with the key": sse([`data: ${apiKey}\n\n`]),
  "an empty object": json({}),
};

/** All the ways in which an error finds its way into a log. */
function shownBy(error: unknown): string {
  const chain: unknown[] = [];
  for (let each = error; each instanceof Error; each = each.cause) {
    chain.push(String(each), each.stack, each.message, JSON.stringify(each), JSON.stringify({ ...each }));
  }
  return [...chain, inspect(error, { depth: null, showHidden: true })].join("\n");
}

describe.each(Object.entries(calls))("%s", (_, call) => {
  test.each(Object.entries(faults))("behavior: no key shows after %s", async (_, answer) => {
    const error = await rejection(call({ fetch: scriptedOctane(answer).fetch, timeoutMs: 2_000 }));
    const shown = shownBy(error);
    for (const canary of canaries) expect(shown).not.toContain(canary);
  });

  test.each([
    ["an apiKey with a line break", { apiKey: `${apiKey}\n` }],
    ["an octaneUrl with a password", { octaneUrl: `https://user:${apiKey}@octane.example` }],
    ["an octaneUrl with a query", { octaneUrl: `https://octane.example?key=${apiKey}` }],
    ["a seed that is too long", { privateKeySeed: `${spSeedText}AAAA` }],
    ["a seed with a space", { privateKeySeed: ` ${spSeedText}` }],
    ["an id that is the key", { pairId: `../${apiKey}`, sessionId: `../${apiKey}`, spUserRef: "" }],
  ])("behavior: no key shows after %s", async (_, options) => {
    const fetch = scriptedOctane(refusal(403, "pair_revoked")).fetch;
    const shown = shownBy(await rejection(call({ fetch, ...options })));
    for (const canary of canaries) expect(shown).not.toContain(canary);
  });
});
