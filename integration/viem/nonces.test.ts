import { createNonceManager } from "viem";
import { jsonRpc } from "viem/nonce";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Chain, freshAddress, pair, type Sigil, startChain, startSigil } from "../setUp.js";

let chain: Chain;
let sigil: Sigil;
let paired: Awaited<ReturnType<typeof pair>>;

beforeAll(async () => {
  [chain, sigil] = await Promise.all([startChain(), startSigil()]);
  paired = await pair(sigil);
  await chain.fund(paired.accountOf(0).address);
});

beforeEach(() => {
  sigil.phone.decision = "approve";
});

afterAll(() => Promise.all([chain?.stop(), sigil?.stop()]));

const managed = () => paired.accountOf(0, { nonceManager: createNonceManager({ source: jsonRpc() }) });

test("default: concurrent sends get consecutive nonces", async () => {
  const account = managed();
  const wallet = chain.walletFor(account);
  const first = await chain.nonceOf(account.address);
  const to = freshAddress();
  const hashes = await Promise.all([1n, 2n, 3n].map((value) => wallet.sendTransaction({ to, value })));
  await Promise.all(hashes.map(chain.mined));
  const sent = await Promise.all(hashes.map((hash) => wallet.getTransaction({ hash })));
  expect(sent.map(({ nonce }) => nonce).sort()).toEqual([first, first + 1, first + 2]);
  expect(await wallet.getBalance({ address: to })).toBe(6n);
});

test("behavior: approved in the other order, they still are all mined", async () => {
  sigil.phone.decision = "wait";
  const account = managed();
  const wallet = chain.walletFor(account);
  const first = await chain.nonceOf(account.address);
  const to = freshAddress();
  const sending = [1n, 2n].map((value) => wallet.sendTransaction({ to, value }));
  const requests = () => sigil.emulator.appliance.requests();
  await expect.poll(async () => (await requests()).length).toBe(2);
  for (const request of [...(await requests())].reverse()) await request.approve();
  await Promise.all((await Promise.all(sending)).map(chain.mined));
  expect(await chain.nonceOf(account.address)).toBe(first + 2);
  expect(await wallet.getBalance({ address: to })).toBe(3n);
});
