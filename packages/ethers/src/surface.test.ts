import * as astrotrainPairing from "@sigil/astrotrain/pairing";
import { expect, test } from "vitest";
import * as root from "./index.js";
import * as pairing from "./pairing.js";

test("behavior: the entry's names", () => {
  expect(Object.keys(root).sort()).toEqual([
    "AstrotrainClient",
    "ConfigError",
    "SigilSigner",
    "SignError",
    "pairing",
  ]);
});

test("behavior: pairing, as a namespace and as an entry, is astrotrain's", () => {
  expect({ ...pairing }).toEqual({ ...astrotrainPairing });
  expect({ ...root.pairing }).toEqual({ ...astrotrainPairing });
});
