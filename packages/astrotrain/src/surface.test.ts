import { expect, test } from "vitest";
import * as root from "./index.js";
import * as pairing from "./pairing/index.js";

/** The vendor's two tables, the errors beside them, one guard and one reader of errors. */
const pairingNames = [
  "ConfigError",
  "PairError",
  "awaitPairResult",
  "buildPairUri",
  "createPairSession",
  "getEnabledWallets",
  "isPairRevoked",
  "mintValidationCode",
  "refusalOf",
  "revokePairing",
  "subscribeToEvents",
  "validateSpKey",
];
const signingNames = [
  "AstrotrainClient",
  "SignError",
  "b64uToBytes",
  "buildSpMessage",
  "bytesToB64u",
  "bytesToHex",
  "hexToBytes",
  "sign",
];

test("behavior: the pairing entry has the pairing names and nothing that knows a key", () => {
  expect(Object.keys(pairing).sort()).toEqual(pairingNames);
});

test("behavior: the main entry has both tables and nothing else", () => {
  expect(Object.keys(root).sort()).toEqual([...pairingNames, ...signingNames].sort());
});

test("behavior: both entries hand out the same classes", () => {
  expect(root.PairError).toBe(pairing.PairError);
  expect(root.ConfigError).toBe(pairing.ConfigError);
});
