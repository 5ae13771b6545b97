import { figure, rounds } from "@sigil/testing/promises";
import { seededRandom } from "@sigil/testing/seededRandom";
import { describe, expect, test } from "vitest";
import { redirectRefused } from "../errors/redirectRefused.js";
import { TransportError, type TransportErrorDetails } from "../errors/TransportError.js";
import { longestPauseMs, shortestPauseMs } from "./backoff.js";
import { retryDelayMs } from "./retryDelay.js";
import { isUnsent } from "./unsent.js";

const failure = (details: TransportErrorDetails): TransportError => new TransportError(details);
const http = (status: number, retryAfterMs?: number): TransportError =>
  failure({ kind: "http", status, body: "", ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
const network = (sent: boolean, cause: unknown = new Error("cut")): TransportError =>
  failure({ kind: "network", cause, sent });

/** A failed fetch as undici reports it, judged as `send` judges it. */
const undici = (code: string): TransportError => {
  const cause = new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
  return network(!isUnsent(cause), cause);
};

const retryable: Readonly<Record<string, TransportError>> = {
  ECONNREFUSED: undici("ECONNREFUSED"),
  ENOTFOUND: undici("ENOTFOUND"),
  EAI_AGAIN: undici("EAI_AGAIN"),
  UND_ERR_CONNECT_TIMEOUT: undici("UND_ERR_CONNECT_TIMEOUT"),
  "429 with Retry-After": http(429, 7_000),
  "503 with Retry-After": http(503, 0),
};

/** Of somebody whose every word is octane's. */
const prompting = { policy: "prompting", isOwn: () => true } as const;
const reading = { policy: "reading", isOwn: () => false } as const;

describe("retryDelayMs", () => {
  test("R02: each delay of a retryable failure lies between base and cap", () => {
    const draws = rounds(10_000);
    const random = seededRandom(2026);
    const seen: number[] = [];
    for (const error of Object.values(retryable)) {
      for (let i = 0; i < draws; i++) seen.push(retryDelayMs(error, prompting, i % 2, random) ?? Number.NaN);
    }
    const delays = seen.filter((ms) => ms !== 7_000);
    expect(delays).toHaveLength(5 * draws);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(shortestPauseMs);
    expect(Math.max(...delays)).toBeLessThanOrEqual(longestPauseMs);
    figure(
      "R02",
      `${seen.length} draws over ${Object.keys(retryable).length} retryable kinds, ${Math.round(Math.min(...delays))} to ${Math.round(Math.max(...delays))} ms`,
    );
  });

  test.each([
    ["a connection that was reset", undici("ECONNRESET")],
    ["a broken pipe", undici("EPIPE")],
    ["a closed socket", undici("UND_ERR_SOCKET")],
    ["a time-out for headers", undici("UND_ERR_HEADERS_TIMEOUT")],
    ["429 without Retry-After", http(429)],
    ["503 without Retry-After", http(503)],
    ...[400, 401, 403, 404, 408, 409, 413, 425, 500, 502, 504].map((status): [string, Error] => [
      `${status}, whatever its Retry-After`,
      http(status, 1_000),
    ]),
    ["an answer that makes no sense", failure({ kind: "deserialise", cause: undefined })],
    ["an error that is none of ours", new Error("x")],
  ])("behavior: %s is not asked again where a person is asked", (_, error) => {
    expect(retryDelayMs(error, prompting, 0)).toBeUndefined();
  });

  test.each([
    ["a cut", network(true), true],
    ["a 500", http(500), true],
    ["a 429", http(429), true],
    ["a redirect", network(true, redirectRefused()), false],
    ["a 403", http(403), false],
    ["a 404", http(404), false],
    ["an answer that makes no sense", failure({ kind: "deserialise", cause: undefined }), false],
  ])("behavior: reading after %s is asked again: %s", (_, error, again) => {
    expect(retryDelayMs(error, reading, 0) !== undefined).toBe(again);
  });

  test.each([429, 503])("behavior: who is not octane puts off with %d what only reads", (status) => {
    const byProxy = { ...prompting, isOwn: () => false };
    expect(retryDelayMs(http(status, 7_000), byProxy, 0)).toBeUndefined();
    expect(retryDelayMs(http(status, 7_000), reading, 0)).toBe(7_000);
  });

  test.each(Object.entries(retryable))("behavior: after %s there is no third retry", (_, error) => {
    for (const rules of [prompting, reading]) {
      expect(retryDelayMs(error, rules, 1)).toBeGreaterThanOrEqual(shortestPauseMs);
      expect(retryDelayMs(error, rules, 2)).toBeUndefined();
    }
  });
});
