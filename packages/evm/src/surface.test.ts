import { expect, test } from "vitest";
import * as evm from "./index.js";

test("behavior: the entry's names", () => {
  expect(Object.keys(evm).sort()).toEqual([
    "checkRecoverPublicKey",
    "evmWallets",
    "fieldsOf",
    "refuseHash",
    "requireFreshMessage",
    "requireFreshNonce",
    "requireFreshTypedData",
    "signDigest",
    "snapshot",
    "snapshotData",
    "textOf",
    "verifySecp256k1",
  ]);
});
