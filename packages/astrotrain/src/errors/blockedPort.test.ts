import { expect, test } from "vitest";
import { digest, spSeed, wallet } from "../../test/keys.js";
import { access, rejection } from "../../test/scriptedOctane.js";
import { AstrotrainClient, awaitPairResult, getEnabledWallets } from "../index.js";
import { isBlockedPort } from "./blockedPort.js";

/** One that fetch blocks (discard), by Node's own fetch. */
const octane = { ...access, octaneUrl: "http://127.0.0.1:9", fetch: globalThis.fetch };
const said = "failed: octaneUrl has a port that fetch blocks. Give octane another port.";

test("default: sign was not sent, says so, and does not try again", async () => {
  let calls = 0;
  const fetch: typeof globalThis.fetch = (...given) => {
    calls++;
    return globalThis.fetch(...given);
  };
  const client = new AstrotrainClient({ ...octane, fetch, privateKeySeed: spSeed });
  const error = await rejection(client.sign({ address: wallet, payload: digest, algo: "secp256k1" }));
  expect(error).toMatchObject({
    kind: "network",
    outcome: "not_sent",
    message: `sign ${said} Nothing was sent.`,
  });
  expect(calls).toBe(1);
});

test.each([
  ["getEnabledWallets", () => getEnabledWallets({ ...octane, pairId: "p-1" })],
  ["awaitPairResult", () => awaitPairResult({ ...octane, sessionId: "s-1" })],
])("behavior: %s ends at once", async (name, call) => {
  const error = await rejection(call());
  expect(error).toMatchObject({ kind: "network", message: `${name} ${said}` });
});

test.each([
  ["another error", new TypeError("fetch failed", { cause: new Error("other side closed") })],
  ["another class", new Error("fetch failed", { cause: new Error("bad port") })],
  ["another message", new TypeError("failed", { cause: new Error("bad port") })],
  ["no cause", new TypeError("fetch failed")],
  ["text", "bad port"],
])("behavior: %s proves nothing", (_, error) => {
  expect(isBlockedPort(error)).toBe(false);
});
