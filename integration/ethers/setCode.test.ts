import { getAddress, Interface, ZeroAddress } from "ethers";
import type { Address } from "viem";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { compileContracts } from "../contracts/compileContracts.js";
import { freshAddress } from "../setUp.js";
import { type Ethers, mined, startEthers } from "./startEthers.js";

const { Delegate } = compileContracts();
const delegate = new Interface([...Delegate.abi] as never);

let ethers: Ethers;
let contract: Address;

beforeAll(async () => {
  ethers = await startEthers();
  contract = await ethers.chain.deploy(Delegate);
});

beforeEach(() => ethers.chain.client.setCode({ address: ethers.owner.address as Address, bytecode: "0x" }));

afterAll(() => ethers?.stop());

const delegated = () => `0xef0100${contract.slice(2).toLowerCase()}`;
const codeOf = () => ethers.provider.getCode(ethers.owner);

test("default: the account delegates and calls itself in one transaction", async () => {
  const { owner, provider } = ethers;
  const receiver = freshAddress();
  const nonce = await owner.getNonce();
  // The transaction itself takes the next nonce, so the authorization has the one after.
  const authorization = await owner.authorize({ address: contract, nonce: nonce + 1 });
  const receipt = await mined(
    owner.sendTransaction({
      to: owner,
      data: delegate.encodeFunctionData("execute", [receiver, 5n, "0x"]),
      authorizationList: [authorization],
    }),
  );
  expect(receipt).toMatchObject({ type: 4, from: owner.address });
  expect(await codeOf()).toBe(delegated());
  expect(await provider.getBalance(receiver)).toBe(5n);
  expect(await owner.getNonce()).toBe(nonce + 2);
});

test("behavior: another sender brings the authorization, whose nonce and chain ethers filled in", async () => {
  const { owner, other, provider } = ethers;
  const nonces = await Promise.all([owner.getNonce(), other.getNonce()]);
  const balance = await provider.getBalance(owner);
  const authorization = await owner.authorize({ address: contract });
  expect(authorization).toMatchObject({
    address: getAddress(contract),
    nonce: BigInt(nonces[0]),
    chainId: BigInt(ethers.chain.client.chain.id),
  });
  const receipt = await mined(
    other.sendTransaction({
      to: owner,
      data: delegate.encodeFunctionData("ping"),
      authorizationList: [authorization],
    }),
  );
  expect(receipt).toMatchObject({ type: 4, from: other.address });
  expect(await codeOf()).toBe(delegated());
  expect(await provider.getBalance(owner)).toBe(balance);
  expect(await Promise.all([owner.getNonce(), other.getNonce()])).toEqual(nonces.map((nonce) => nonce + 1));
});

test("behavior: chain 0 is every chain's, and the zero address takes the code off again", async () => {
  const { owner, other } = ethers;
  for (const [address, code] of [
    [contract, delegated()],
    [ZeroAddress, "0x"],
  ] as const) {
    const authorization = await owner.authorize({ address, chainId: 0 });
    expect(authorization.chainId).toBe(0n);
    await mined(other.sendTransaction({ to: freshAddress(), authorizationList: [authorization] }));
    expect(await codeOf()).toBe(code);
  }
});

test("behavior: an authorization for another nonce changes nothing", async () => {
  const { owner, other } = ethers;
  const authorization = await owner.authorize({ address: contract, nonce: (await owner.getNonce()) + 5 });
  await mined(other.sendTransaction({ to: freshAddress(), authorizationList: [authorization] }));
  expect(await codeOf()).toBe("0x");
});
