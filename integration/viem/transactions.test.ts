import type { SigilAccount } from "@sigil/viem";
import { type Hex, parseEther, parseGwei } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Chain, freshAddress, pair, type Sigil, startChain, startSigil } from "../setUp.js";

let chain: Chain;
let sigil: Sigil;
let account: SigilAccount;

beforeAll(async () => {
  [chain, sigil] = await Promise.all([startChain(), startSigil()]);
  account = (await pair(sigil)).accountOf(0);
  await chain.fund(account.address);
});

afterAll(() => Promise.all([chain?.stop(), sigil?.stop()]));

const gwei = parseGwei("20");
const accessList = [{ address: freshAddress(), storageKeys: [`0x${"11".repeat(32)}` as Hex] }];

const kinds = [
  ["legacy", { type: "legacy", gasPrice: gwei }],
  ["eip2930", { type: "eip2930", gasPrice: gwei, accessList }],
  ["eip1559", { type: "eip1559", maxFeePerGas: gwei, maxPriorityFeePerGas: 1n, accessList }],
] as const;

describe.each(kinds)("%s", (type, fields) => {
  test("default: a transfer is mined from the appliance's address", async () => {
    const wallet = chain.walletFor(account);
    const to = freshAddress();
    const value = parseEther("0.25");
    const nonce = await chain.nonceOf(account.address);
    const before = await wallet.getBalance(account);
    const receipt = await chain.mined(await wallet.sendTransaction({ ...fields, to, value }));
    expect(receipt).toMatchObject({ type, from: account.address.toLowerCase(), status: "success" });
    const fee = receipt.gasUsed * receipt.effectiveGasPrice;
    expect(await wallet.getBalance(account)).toBe(before - value - fee);
    expect(await wallet.getBalance({ address: to })).toBe(value);
    expect(await chain.nonceOf(account.address)).toBe(nonce + 1);
  });

  test("behavior: many in a row, of both parities", async () => {
    const wallet = chain.walletFor(account);
    const to = freshAddress();
    const parities = new Set<number>();
    for (let value = 1n; value <= 24n; value++) {
      const hash = await wallet.sendTransaction({ ...fields, to, value });
      expect((await chain.mined(hash)).from).toBe(account.address.toLowerCase());
      parities.add(Number((await wallet.getTransaction({ hash })).v) % 2);
    }
    expect(await wallet.getBalance({ address: to })).toBe(300n);
    expect([...parities].sort()).toEqual([0, 1]);
  });
});

test("behavior: a transaction that was signed alone is mined when sent raw", async () => {
  const wallet = chain.walletFor(account);
  const to = freshAddress();
  const request = await wallet.prepareTransactionRequest({ to, value: 7n });
  const serializedTransaction = await wallet.signTransaction(request);
  expect(await wallet.getBalance({ address: to })).toBe(0n);
  const receipt = await chain.mined(await wallet.sendRawTransaction({ serializedTransaction }));
  expect(receipt.from).toBe(account.address.toLowerCase());
  expect(await wallet.getBalance({ address: to })).toBe(7n);
});
