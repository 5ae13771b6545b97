import type { SigilAccount } from "@sigil/viem";
import { type Address, getContract, parseEventLogs } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compileContracts } from "../contracts/compileContracts.js";
import { type Chain, freshAddress, pair, type Sigil, startChain, startSigil } from "../setUp.js";

const { Greeter, Token } = compileContracts();

let chain: Chain;
let sigil: Sigil;
let owner: SigilAccount;
let spender: SigilAccount;

beforeAll(async () => {
  [chain, sigil] = await Promise.all([startChain(), startSigil()]);
  const { accountOf } = await pair(sigil);
  [owner, spender] = [accountOf(0), accountOf(1)];
  await chain.fund(owner.address);
  await chain.fund(spender.address);
});

afterAll(() => Promise.all([chain?.stop(), sigil?.stop()]));

async function deployToken() {
  const hash = await chain.walletFor(owner).deployContract({ ...Token, args: ["Sigil Test", "SGT", 1000n] });
  return (await chain.mined(hash)).contractAddress as Address;
}

const balanceOf = (token: Address, who: Address) =>
  chain.client.readContract({ ...Token, address: token, functionName: "balanceOf", args: [who] });

test("default: an ERC-20 token is deployed and its supply is the deployer's", async () => {
  const token = await deployToken();
  expect(await balanceOf(token, owner.address)).toBe(1000n);
});

test("behavior: transfer, approve, and transferFrom by a second wallet of the appliance", async () => {
  const token = await deployToken();
  const to = freshAddress();
  const asOwner = chain.walletFor(owner);
  const call = { abi: Token.abi, address: token };
  await chain.mined(await asOwner.writeContract({ ...call, functionName: "transfer", args: [to, 300n] }));
  const approved = [spender.address, 100n] as const;
  await chain.mined(await asOwner.writeContract({ ...call, functionName: "approve", args: approved }));
  const moved = [owner.address, to, 60n] as const;
  const receipt = await chain.mined(
    await chain.walletFor(spender).writeContract({ ...call, functionName: "transferFrom", args: moved }),
  );
  expect(receipt.from).toBe(spender.address.toLowerCase());
  expect(parseEventLogs({ abi: Token.abi, logs: receipt.logs })).toMatchObject([
    { eventName: "Transfer", args: { from: owner.address, to, value: 60n } },
  ]);
  expect(await balanceOf(token, owner.address)).toBe(640n);
  expect(await balanceOf(token, to)).toBe(360n);
  const allowance = { functionName: "allowance", args: [owner.address, spender.address] };
  expect(await chain.client.readContract({ ...call, ...allowance })).toBe(40n);
});

test("behavior: what would revert is refused before the appliance is asked", async () => {
  const token = await deployToken();
  const before = await chain.nonceOf(spender.address);
  const contract = getContract({ abi: Token.abi, address: token, client: chain.walletFor(spender) });
  await expect(
    contract.write.transferFrom?.([owner.address, spender.address, 1n], { gas: undefined }),
  ).rejects.toThrow("InsufficientAllowance");
  expect(await chain.nonceOf(spender.address)).toBe(before);
});

test("behavior: the contract sees the appliance's address as the sender", async () => {
  const wallet = chain.walletFor(owner);
  const deployed = await chain.mined(await wallet.deployContract({ ...Greeter, args: ["hello"] }));
  const call = { abi: Greeter.abi, address: deployed.contractAddress as Address };
  const hash = await wallet.writeContract({ ...call, functionName: "setGreeting", args: ["grüße"] });
  const { logs } = await chain.mined(hash);
  expect(await wallet.readContract({ ...call, functionName: "greet" })).toBe("grüße");
  expect(parseEventLogs({ abi: Greeter.abi, logs })).toMatchObject([
    { args: { by: owner.address, greeting: "grüße" } },
  ]);
});
