import type { SigilAccount } from "@sigil/viem";
import { type Address, encodeFunctionData, zeroAddress } from "viem";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { compileContracts } from "../contracts/compileContracts.js";
import { type Chain, freshAddress, pair, type Sigil, startChain, startSigil } from "../setUp.js";

const { Delegate } = compileContracts();

let chain: Chain;
let sigil: Sigil;
let account: SigilAccount;
let sponsor: SigilAccount;
let contractAddress: Address;

beforeAll(async () => {
  [chain, sigil] = await Promise.all([startChain(), startSigil()]);
  const { accountOf } = await pair(sigil);
  [account, sponsor] = [accountOf(0), accountOf(1)];
  await chain.fund(account.address);
  await chain.fund(sponsor.address);
  contractAddress = await chain.deploy(Delegate);
});

beforeEach(() => chain.client.setCode({ address: account.address, bytecode: "0x" }));

afterAll(() => Promise.all([chain?.stop(), sigil?.stop()]));

const delegated = () => `0xef0100${contractAddress.slice(2)}`;
const codeOf = (address: Address) => chain.client.getCode({ address });
const read = (functionName: string) =>
  chain.client.readContract({ abi: Delegate.abi, address: account.address, functionName });

test("default: the account delegates and calls itself in one transaction", async () => {
  const wallet = chain.walletFor(account);
  const receiver = freshAddress();
  const nonce = await chain.nonceOf(account.address);
  const authorization = await wallet.signAuthorization({ contractAddress, executor: "self" });
  const data = encodeFunctionData({
    abi: Delegate.abi,
    functionName: "execute",
    args: [receiver, 5n, "0x"],
  });
  const hash = await wallet.sendTransaction({
    to: account.address,
    data,
    authorizationList: [authorization],
  });
  expect(await chain.mined(hash)).toMatchObject({ type: "eip7702", from: account.address.toLowerCase() });
  expect(await codeOf(account.address)).toBe(delegated());
  expect(await wallet.getBalance({ address: receiver })).toBe(5n);
  // One for the transaction, one for the authorization.
  expect(await chain.nonceOf(account.address)).toBe(nonce + 2);
});

test("behavior: another sender brings the authorization and pays", async () => {
  const nonces = await Promise.all([account, sponsor].map(({ address }) => chain.nonceOf(address)));
  const balance = await chain.client.getBalance(account);
  const authorization = await chain.walletFor(account).signAuthorization({ contractAddress });
  const pings = (await codeOf(account.address)) === undefined ? 0n : await read("pings");
  const hash = await chain.walletFor(sponsor).sendTransaction({
    to: account.address,
    data: encodeFunctionData({ abi: Delegate.abi, functionName: "ping" }),
    authorizationList: [authorization],
  });
  expect(await chain.mined(hash)).toMatchObject({ type: "eip7702", from: sponsor.address.toLowerCase() });
  expect(await codeOf(account.address)).toBe(delegated());
  expect(await read("pings")).toBe((pings as bigint) + 1n);
  expect(await chain.client.getBalance(account)).toBe(balance);
  expect(await Promise.all([account, sponsor].map(({ address }) => chain.nonceOf(address)))).toEqual(
    nonces.map((nonce) => nonce + 1),
  );
});

test("behavior: delegating to the zero address takes the code off again", async () => {
  const wallet = chain.walletFor(account);
  for (const [target, code] of [
    [contractAddress, delegated()],
    [zeroAddress, undefined],
  ] as const) {
    const authorization = await wallet.signAuthorization({ contractAddress: target, executor: "self" });
    await chain.mined(
      await wallet.sendTransaction({ to: freshAddress(), authorizationList: [authorization] }),
    );
    expect(await codeOf(account.address)).toBe(code);
  }
});

test("behavior: an authorization for another nonce changes nothing", async () => {
  const nonce = (await chain.nonceOf(account.address)) + 5;
  const authorization = await account.signAuthorization({
    contractAddress,
    nonce,
    chainId: chain.client.chain.id,
  });
  await chain.mined(
    await chain
      .walletFor(sponsor)
      .sendTransaction({ to: freshAddress(), authorizationList: [authorization] }),
  );
  expect(await codeOf(account.address)).toBeUndefined();
});
