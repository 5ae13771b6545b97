import { parseEther, parseUnits, type TransactionRequest } from "ethers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshAddress } from "../setUp.js";
import { type Ethers, mined, startEthers } from "./startEthers.js";

let ethers: Ethers;

beforeAll(async () => {
  ethers = await startEthers();
});

afterAll(() => ethers?.stop());

const gwei = parseUnits("20", "gwei");
const accessList = [{ address: freshAddress(), storageKeys: [`0x${"11".repeat(32)}`] }];

const kinds: readonly (readonly [string, TransactionRequest & { type: number }])[] = [
  ["legacy", { type: 0, gasPrice: gwei }],
  ["EIP-2930", { type: 1, gasPrice: gwei, accessList }],
  ["EIP-1559", { type: 2, maxFeePerGas: gwei, maxPriorityFeePerGas: 1n, accessList }],
];

describe.each(kinds)("%s", (_, fields) => {
  test("default: a transfer is mined from the appliance's address", async () => {
    const { owner, provider } = ethers;
    const to = freshAddress();
    const value = parseEther("0.25");
    const nonce = await owner.getNonce();
    const before = await provider.getBalance(owner);
    const receipt = await mined(owner.sendTransaction({ ...fields, to, value }));
    expect(receipt).toMatchObject({ type: fields.type, from: owner.address, to, status: 1 });
    expect(await provider.getBalance(owner)).toBe(before - value - receipt.fee);
    expect(await provider.getBalance(to)).toBe(value);
    expect(await owner.getNonce()).toBe(nonce + 1);
  });

  test("behavior: many in a row, of both parities", async () => {
    const { owner, provider } = ethers;
    const to = freshAddress();
    const parities = new Set<number>();
    for (let value = 1n; value <= 24n; value++) {
      const response = await owner.sendTransaction({ ...fields, to, value });
      expect((await mined(Promise.resolve(response))).from).toBe(owner.address);
      parities.add(response.signature.yParity);
    }
    expect(await provider.getBalance(to)).toBe(300n);
    expect([...parities].sort()).toEqual([0, 1]);
  });
});

test("behavior: nothing but to and value is given, ethers fills in the rest", async () => {
  const { owner, provider } = ethers;
  const to = freshAddress();
  expect(await mined(owner.sendTransaction({ to, value: 5n }))).toMatchObject({ type: 2 });
  expect(await provider.getBalance(to)).toBe(5n);
});

test("behavior: a transaction that was signed alone is mined when sent raw", async () => {
  const { owner, provider } = ethers;
  const to = freshAddress();
  const signed = await owner.signTransaction(await owner.populateTransaction({ to, value: 7n }));
  expect(await provider.getBalance(to)).toBe(0n);
  expect(await mined(provider.broadcastTransaction(signed))).toMatchObject({ from: owner.address });
  expect(await provider.getBalance(to)).toBe(7n);
});

test("behavior: connected to no provider it signs what is complete, and back on it sends", async () => {
  const { owner, provider } = ethers;
  const to = freshAddress();
  const { from: _, ...request } = await owner.populateTransaction({ to, value: 3n });
  const offline = owner.connect(null);
  expect(offline.provider).toBeNull();
  await mined(provider.broadcastTransaction(await offline.signTransaction(request)));
  await mined(offline.connect(provider).sendTransaction({ to, value: 4n }));
  expect(await provider.getBalance(to)).toBe(7n);
});
