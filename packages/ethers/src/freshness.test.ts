import { AbstractProvider, Network, toUtf8Bytes } from "ethers";
import { describe, expect, test } from "vitest";
import { address, clientOf, oracle } from "../test/appliance.js";
import { SigilSigner } from "./SigilSigner.js";

const deadline = BigInt(Math.floor(Date.now() / 1000) + 600);
const order = { Order: [{ name: "deadline", type: "uint256" }] };
const mail = { Mail: [{ name: "text", type: "string" }] };
const signIn = (expiration: string) =>
  `example.com wants you to sign in with your Ethereum account:\n${address}\n\nURI: https://example.com\nVersion: 1\n` +
  `Chain ID: 1\nNonce: abcd1234\nIssued At: 2026-01-01T00:00:00Z${expiration}`;
const later = `\nExpiration Time: ${new Date(Date.now() + 600_000).toISOString()}`;

type Case = readonly [name: string, sign: (signer: Pick<SigilSigner, keyof SigilSigner>) => Promise<unknown>];

const fresh: readonly Case[] = [
  ["a transaction", (signer) => signer.signTransaction({ type: 2, chainId: 1, nonce: 0 })],
  ["typed data", (signer) => signer.signTypedData({}, order, { deadline })],
  ["a sign-in", (signer) => signer.signMessage(signIn(later))],
  ["a sign-in as bytes", (signer) => signer.signMessage(toUtf8Bytes(signIn(later)))],
  ["an authorization", (signer) => signer.authorize({ address, chainId: 1, nonce: 0 })],
];

const stale: readonly (readonly [field: string, ...Case])[] = [
  ["transaction.nonce", "no nonce", (signer) => signer.signTransaction({ type: 2, chainId: 1 })],
  [
    "transaction.chainId",
    "a legacy one without a chain",
    (signer) => signer.signTransaction({ type: 0, nonce: 0, gasPrice: 1n }),
  ],
  ["message", "typed data without a limit", (signer) => signer.signTypedData({}, mail, { text: "hello" })],
  [
    "message",
    "a limit that the type doesn't have",
    (signer) => signer.signTypedData({}, mail, { text: "hello", deadline }),
  ],
  ["message", "a text", (signer) => signer.signMessage("hello")],
  ["message", "bytes", (signer) => signer.signMessage(new Uint8Array([0xff, 1]))],
  ["message", "a sign-in without end", (signer) => signer.signMessage(signIn(""))],
  ["authorization.chainId", "every chain", (signer) => signer.authorize({ address, chainId: 0, nonce: 0 })],
];

describe("requireFreshness", () => {
  test.each(fresh)("default: %s that can be used once or for a time is signed", async (_, sign) => {
    const signer = new SigilSigner({ client: clientOf().client, address, requireFreshness: true });
    expect(await sign(signer)).toEqual(await sign(oracle as never));
  });

  test.each(stale)("behavior: refused with %s, before the appliance is asked: %s", async (field, _, sign) => {
    const { client, asked } = clientOf();
    await expect(sign(new SigilSigner({ client, address, requireFreshness: true }))).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      argument: field,
      shortMessage: expect.stringContaining("requireFreshness"),
      cause: { name: "ConfigError" },
    });
    expect(asked).toHaveLength(0);
    await sign(new SigilSigner({ client, address }));
    expect(asked).toHaveLength(1);
  });

  test("parameters: fromWallets and connect hand it on", async () => {
    const entries = [{ chain: "ethereum", wallet_index: 0, address, read: true, sign: true }];
    const [signer] = SigilSigner.fromWallets({ client: clientOf().client, entries, requireFreshness: true });
    for (const each of [signer, signer?.connect(null)])
      await expect(each?.signMessage("hello")).rejects.toMatchObject({ argument: "message" });
  });

  test("behavior: what ethers fills in from a provider is there", async () => {
    class Provider extends AbstractProvider {
      override async _detectNetwork(): Promise<Network> {
        return Network.from(1);
      }
      override async getTransactionCount(): Promise<number> {
        return 7;
      }
    }
    const options = { client: clientOf().client, address, requireFreshness: true };
    const signer = new SigilSigner(options, new Provider(1));
    expect(await signer.authorize({ address })).toMatchObject({ chainId: 1n, nonce: 7n });
  });
});
