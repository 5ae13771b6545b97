import { isError, NonceManager } from "ethers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { freshAddress } from "../setUp.js";
import { type Ethers, mined, startEthers } from "./startEthers.js";

let ethers: Ethers;

beforeAll(async () => {
  ethers = await startEthers();
});

beforeEach(() => {
  ethers.sigil.phone.decision = "approve";
});

afterAll(() => ethers?.stop());

test("default: concurrent sends through a NonceManager get consecutive nonces", async () => {
  const { owner, provider } = ethers;
  const manager = new NonceManager(owner);
  const first = await owner.getNonce();
  const to = freshAddress();
  const sent = await Promise.all([1n, 2n, 3n, 4n].map((value) => manager.sendTransaction({ to, value })));
  await Promise.all(sent.map((response) => response.wait()));
  expect(sent.map(({ nonce }) => nonce).sort()).toEqual([first, first + 1, first + 2, first + 3]);
  expect(await provider.getBalance(to)).toBe(10n);
});

test("behavior: approved in the other order, they still are all mined", async () => {
  const { owner, provider, sigil } = ethers;
  sigil.phone.decision = "wait";
  const manager = new NonceManager(owner);
  const first = await owner.getNonce();
  const to = freshAddress();
  const sending = [1n, 2n].map((value) => mined(manager.sendTransaction({ to, value })));
  const requests = () => sigil.emulator.appliance.requests();
  await expect.poll(async () => (await requests()).length).toBe(2);
  for (const request of [...(await requests())].reverse()) await request.approve();
  await Promise.all(sending);
  expect(await owner.getNonce()).toBe(first + 2);
  expect(await provider.getBalance(to)).toBe(3n);
});

test("behavior: after a rejection the manager is reset, and goes on where the chain is", async () => {
  const { owner, provider, sigil } = ethers;
  const manager = new NonceManager(owner);
  const to = freshAddress();
  sigil.phone.decision = "reject";
  const error = await manager.sendTransaction({ to, value: 1n }).catch((reason: unknown) => reason);
  expect(isError(error, "ACTION_REJECTED")).toBe(true);
  sigil.phone.decision = "approve";
  manager.reset();
  await mined(manager.sendTransaction({ to, value: 2n }));
  expect(await provider.getBalance(to)).toBe(2n);
});
