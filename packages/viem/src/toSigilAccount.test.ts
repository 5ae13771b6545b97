import { ConfigError } from "@sigil/astrotrain";
import { createNonceManager, getAddress, InvalidAddressError, recoverAddress } from "viem";
import { jsonRpc } from "viem/nonce";
import { describe, expect, test } from "vitest";
import { address, clientOf, oracle } from "../test/appliance.js";
import { SigilAccountError } from "./SigilAccountError.js";
import { toSigilAccount } from "./toSigilAccount.js";

const hash = `0x${"07".repeat(32)}` as const;

describe("toSigilAccount", () => {
  test("default", () => {
    const account = toSigilAccount({ client: clientOf().client, address });
    expect(account).toEqual({
      address,
      nonceManager: undefined,
      sign: expect.any(Function),
      signAuthorization: expect.any(Function),
      signMessage: expect.any(Function),
      signTransaction: expect.any(Function),
      signTypedData: expect.any(Function),
      source: "sigil",
      type: "local",
    });
    expect(Object.keys(account).filter((key) => !Object.keys(oracle).includes(key))).toEqual([]);
  });

  test("parameters: address in any case comes out checksummed, and is what octane is asked for", async () => {
    const { client, asked } = clientOf();
    const account = toSigilAccount({ client, address: address.toLowerCase() as typeof address });
    expect(account.address).toBe(getAddress(address));
    await account.sign({ hash });
    expect(asked[0]?.address).toBe(getAddress(address));
  });

  test("parameters: publicKey is there only if it was given", () => {
    const { client } = clientOf();
    expect(toSigilAccount({ client, address, publicKey: oracle.publicKey }).publicKey).toBe(oracle.publicKey);
    expect("publicKey" in toSigilAccount({ client, address })).toBe(false);
  });

  test("parameters: pairId and chain go along with each request", async () => {
    const { client, asked } = clientOf();
    const account = toSigilAccount({ client, address, pairId: "p-1", chain: "base" });
    await account.signMessage({ message: "hello" });
    expect(asked).toMatchObject([{ pairId: "p-1", chain: "base", algo: "secp256k1" }]);
  });

  test.each([
    ["requireFreshnes", "requireFreshness"],
    ["RequireFreshness", "requireFreshness"],
    ["pairID", "pairId"],
  ])("behavior: %s is refused, since %s is meant", (field, meant) => {
    const make = () => toSigilAccount({ client: clientOf().client, address, [field]: "a secret" });
    const cause = new ConfigError(field, `is no option; ${meant} is one. Mend its name.`);
    expect(make).toThrow(
      expect.objectContaining({ name: "SigilAccountError", cause, details: cause.message }),
    );
  });

  test("behavior: a recoverPublicKey that is no function is refused before anything is asked", () => {
    const recoverPublicKey = { recover: "a secret" } as never;
    expect(() => toSigilAccount({ client: clientOf().client, address, recoverPublicKey })).toThrow(
      expect.objectContaining({
        name: "SigilAccountError",
        cause: expect.objectContaining({ name: "ConfigError", field: "recoverPublicKey" }),
        message: expect.not.stringContaining("a secret"),
      }),
    );
  });

  test("parameters: nonceManager", () => {
    const nonceManager = createNonceManager({ source: jsonRpc() });
    expect(toSigilAccount({ client: clientOf().client, address, nonceManager }).nonceManager).toBe(
      nonceManager,
    );
  });

  test("behavior: each method asks once", async () => {
    const { client, asked } = clientOf();
    const account = toSigilAccount({ client, address });
    await account.sign({ hash });
    await account.signMessage({ message: "0x1234" });
    await account.signTypedData({
      types: { A: [{ name: "a", type: "uint8" }] },
      primaryType: "A",
      message: { a: 1 },
    });
    await account.signAuthorization({ address, chainId: 0, nonce: 0 });
    await account.signTransaction({ type: "eip1559", chainId: 1, maxFeePerGas: 1n });
    expect(asked).toHaveLength(5);
  });

  test("behavior: concurrent requests don't mix", async () => {
    const account = toSigilAccount({ client: clientOf().client, address });
    const hashes = Array.from({ length: 50 }, (_, i) => `0x${i.toString(16).padStart(64, "0")}` as const);
    const signatures = await Promise.all(hashes.map((each) => account.sign({ hash: each })));
    for (const [i, signature] of signatures.entries()) {
      expect(await recoverAddress({ hash: hashes[i] ?? hash, signature })).toBe(address);
    }
  });

  test.each(["0x1234", "vitalik.eth", "", undefined])("behavior: address %j is refused", (bad) => {
    expect(() => toSigilAccount({ client: clientOf().client, address: bad as never })).toThrow(
      InvalidAddressError,
    );
  });

  test.each([
    ["another key's", `${oracle.publicKey.slice(0, -1)}0`],
    ["compressed", `0x02${oracle.publicKey.slice(4, 68)}`],
    ["empty", "0x"],
  ])("behavior: a publicKey that is %s is refused", (_, publicKey) => {
    const make = (): unknown =>
      toSigilAccount({ client: clientOf().client, address, publicKey: publicKey as never });
    expect(make).toThrow(SigilAccountError);
    expect(make).toThrow(/publicKey/);
  });

  test.each([undefined, null, {}, { sign: 7 }])("behavior: client %j is refused", (client) => {
    expect(() => toSigilAccount({ client: client as never, address })).toThrow(/AstrotrainClient/);
  });

  test.each([
    "0x",
    "0x1234",
    `${hash}00`,
    hash.slice(2),
    hash.slice(0, -1),
    `${hash.slice(0, -1)}g`,
    undefined,
    7,
  ])("behavior: hash %j is refused before the appliance is asked", async (bad) => {
    const { client, asked } = clientOf();
    const signing = toSigilAccount({ client, address }).sign({ hash: bad as never });
    await expect(signing).rejects.toBeInstanceOf(SigilAccountError);
    await expect(signing).rejects.toThrow(/32 bytes/);
    expect(asked).toHaveLength(0);
  });
});
