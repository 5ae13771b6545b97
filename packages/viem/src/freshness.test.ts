import { type BaseError, stringToHex } from "viem";
import { createSiweMessage } from "viem/siwe";
import { describe, expect, test } from "vitest";
import { address, clientOf, oracle } from "../test/appliance.js";
import { SigilAccountError } from "./SigilAccountError.js";
import { type SigilAccount, toSigilAccount } from "./toSigilAccount.js";
import { toSigilAccounts } from "./toSigilAccounts.js";

const deadline = BigInt(Math.floor(Date.now() / 1000) + 600);
const types = { Order: [{ name: "deadline", type: "uint256" }], Mail: [{ name: "text", type: "string" }] };
const signIn = (expirationTime?: Date) =>
  createSiweMessage({
    domain: "example.com",
    address,
    uri: "https://example.com",
    version: "1",
    chainId: 1,
    nonce: "abcd1234",
    issuedAt: new Date(0),
    ...(expirationTime === undefined ? {} : { expirationTime }),
  });
const later = new Date(Date.now() + 600_000);

type Case = readonly [name: string, sign: (account: SigilAccount) => Promise<unknown>];

const fresh: readonly Case[] = [
  ["a transaction", (account) => account.signTransaction({ type: "eip1559", chainId: 1, nonce: 0 })],
  [
    "a legacy one",
    (account) => account.signTransaction({ type: "legacy", chainId: 1, nonce: 0, gasPrice: 1n }),
  ],
  ["typed data", (account) => account.signTypedData({ types, primaryType: "Order", message: { deadline } })],
  ["a sign-in", (account) => account.signMessage({ message: signIn(later) })],
  ["a sign-in as bytes", (account) => account.signMessage({ message: { raw: stringToHex(signIn(later)) } })],
  ["an authorization", (account) => account.signAuthorization({ address, chainId: 1, nonce: 0 })],
];

const stale: readonly (readonly [field: string, ...Case])[] = [
  ["transaction.nonce", "no nonce", (account) => account.signTransaction({ type: "eip1559", chainId: 1 })],
  [
    "transaction.chainId",
    "a legacy one without a chain",
    (account) => account.signTransaction({ type: "legacy", nonce: 0, gasPrice: 1n }),
  ],
  [
    "message",
    "typed data without a limit",
    (account) => account.signTypedData({ types, primaryType: "Mail", message: { text: "hello" } }),
  ],
  [
    "message",
    "a limit that the type doesn't have",
    (account) =>
      account.signTypedData({ types, primaryType: "Mail", message: { text: "hello", deadline } as never }),
  ],
  ["message", "a text", (account) => account.signMessage({ message: "hello" })],
  ["message", "a sign-in without end", (account) => account.signMessage({ message: signIn() })],
  [
    "message",
    "a sign-in that has ended",
    (account) => account.signMessage({ message: { raw: stringToHex(signIn(new Date(0))) } }),
  ],
  [
    "authorization.chainId",
    "every chain",
    (account) => account.signAuthorization({ address, chainId: 0, nonce: 0 }),
  ],
  [
    "authorization.nonce",
    "no nonce",
    (account) => account.signAuthorization({ address, chainId: 1 } as never),
  ],
  ["hash", "a bare hash", (account) => account.sign({ hash: `0x${"07".repeat(32)}` })],
];

describe("requireFreshness", () => {
  test.each(fresh)("default: %s that can be used once or for a time is signed", async (_, sign) => {
    const account = toSigilAccount({ client: clientOf().client, address, requireFreshness: true });
    expect(await sign(account)).toEqual(await sign(oracle as unknown as SigilAccount));
  });

  test.each(stale)("behavior: refused with %s, before the appliance is asked: %s", async (field, _, sign) => {
    const { client, asked } = clientOf();
    const error = await sign(toSigilAccount({ client, address, requireFreshness: true })).catch(
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(SigilAccountError);
    expect((error as BaseError).cause).toMatchObject({ name: "ConfigError", field });
    expect((error as BaseError).message).toContain("requireFreshness");
    expect(asked).toHaveLength(0);
    await sign(toSigilAccount({ client, address }));
    expect(asked).toHaveLength(1);
  });

  test("parameters: toSigilAccounts hands it on", async () => {
    const entries = [{ chain: "ethereum", wallet_index: 0, address, read: true, sign: true }];
    const [account] = toSigilAccounts({ client: clientOf().client, entries, requireFreshness: true });
    await expect(account?.signMessage({ message: "hello" })).rejects.toBeInstanceOf(SigilAccountError);
  });

  test("behavior: what was looked at is what is signed, however often it is read", async () => {
    const account = toSigilAccount({ client: clientOf().client, address, requireFreshness: true });
    let reads = 0;
    const message = {
      get deadline() {
        return reads++ === 0 ? deadline : 2n ** 256n - 1n;
      },
    };
    const typedData = { types, primaryType: "Order" } as const;
    expect(await account.signTypedData({ ...typedData, message })).toBe(
      await oracle.signTypedData({ ...typedData, message: { deadline } }),
    );
    let read = 0;
    const raw = {
      get raw() {
        return read++ === 0 ? stringToHex(signIn(later)) : stringToHex("hello");
      },
    };
    expect(await account.signMessage({ message: raw })).toBe(
      await oracle.signMessage({ message: signIn(later) }),
    );
  });
});
