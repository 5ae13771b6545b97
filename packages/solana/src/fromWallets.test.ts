import { describe, expect, test } from "vitest";
import { address, clientOf } from "../test/appliance.js";
import { someAddress } from "../test/messages.js";
import { toSigilSigners } from "./kit/toSigilSigners.js";
import { toSigilWallets } from "./web3js/toSigilWallets.js";

const entry = { chain: "solana", wallet_index: 0, address, read: true, sign: true };
const second = { ...entry, wallet_index: 1, address: someAddress(1) };
const entries = [
  { ...entry, chain: "ethereum", address: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266" },
  second,
  { ...entry, address: someAddress(2), sign: false },
  entry,
];

describe.each([
  [
    "toSigilSigners",
    (options: Parameters<typeof toSigilSigners>[0]) => toSigilSigners(options).map((each) => each.address),
  ],
  [
    "toSigilWallets",
    (options: Parameters<typeof toSigilWallets>[0]) =>
      toSigilWallets(options).map((each) => each.publicKey.toBase58()),
  ],
])("%s", (_, addressesOf) => {
  test("default: one for each Solana entry that may sign, in order", () => {
    expect(addressesOf({ client: clientOf().client, entries })).toEqual([second.address, address]);
    expect(addressesOf({ client: clientOf().client, entries: [] })).toEqual([]);
  });

  test.each(["requireFreshnes", "RequireFreshness", "pairID"])(
    "behavior: %s is refused, unrepeated",
    (field) => {
      const options = { client: clientOf().client, entries, [field]: "a secret" };
      const error = expect.objectContaining({
        name: "ConfigError",
        field,
        message: expect.not.stringContaining("a secret"),
      });
      expect(() => addressesOf(options)).toThrow(error);
      expect(addressesOf({ client: clientOf().client, entries, ...{ label: "mine" } })).toHaveLength(2);
    },
  );

  test("behavior: entries that are none are refused", () => {
    const { client } = clientOf();
    for (const wrong of [{ client, entries: { entries } }, { client: {}, entries: [] }, undefined]) {
      expect(() => addressesOf(wrong as never)).toThrow(expect.objectContaining({ name: "ConfigError" }));
    }
  });
});

test("parameters: pairId and the entry's chain go along", async () => {
  const { client, asked } = clientOf();
  const [signer] = toSigilSigners({ client, entries: [entry], pairId: "p-1" });
  await signer?.signMessages([{ content: new Uint8Array([1]), signatures: {} }]);
  const [wallet] = toSigilWallets({ client, entries: [entry], pairId: "p-1" });
  await wallet?.signMessage(new Uint8Array([1]));
  expect(asked).toMatchObject([
    { pairId: "p-1", chain: "solana" },
    { pairId: "p-1", chain: "solana" },
  ]);
});
