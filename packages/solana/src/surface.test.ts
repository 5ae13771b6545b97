import * as astrotrainPairing from "@sigil/astrotrain/pairing";
import { expect, test } from "vitest";
import * as kit from "./kit/index.js";
import * as pairing from "./pairing.js";
import * as web3js from "./web3js/index.js";

const shared = ["AstrotrainClient", "ConfigError", "SignError", "pairing"];

test("behavior: the entries' names", () => {
  expect(Object.keys(kit).sort()).toEqual([...shared, "toSigilSigner", "toSigilSigners"].sort());
  expect(Object.keys(web3js).sort()).toEqual(
    [...shared, "TransactionChangedError", "toSigilWallet", "toSigilWallets"].sort(),
  );
});

test("behavior: pairing, as a namespace and as an entry, is astrotrain's", () => {
  expect({ ...pairing }).toEqual({ ...astrotrainPairing });
  expect({ ...kit.pairing }).toEqual({ ...astrotrainPairing });
  expect({ ...web3js.pairing }).toEqual({ ...astrotrainPairing });
});
