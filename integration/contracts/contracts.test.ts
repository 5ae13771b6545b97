// The contracts against a plain local account: what fails here is no signer's fault.
import { type Anvil, startAnvil } from "@sigil/testing/anvil";
import type { CompiledContract } from "@sigil/testing/solidity";
import {
  type Address,
  createTestClient,
  encodeFunctionData,
  getContract,
  type Hex,
  http,
  numberToHex,
  parseEther,
  parseSignature,
  publicActions,
  walletActions,
} from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { anvil as chain } from "viem/chains";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileContracts } from "./compileContracts.js";
import { mailFor } from "./mail.js";

const contracts = compileContracts();
const account = privateKeyToAccount(generatePrivateKey());
const other = privateKeyToAccount(generatePrivateKey());
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const connect = ({ rpcUrl }: Anvil) =>
  createTestClient({ mode: "anvil", chain, account, transport: http(rpcUrl), pollingInterval: 10 })
    .extend(publicActions)
    .extend(walletActions);

let anvil: Anvil;
let client: ReturnType<typeof connect>;

beforeAll(async () => {
  anvil = await startAnvil();
  client = connect(anvil);
  await client.setBalance({ address: account.address, value: parseEther("10") });
  await client.setBalance({ address: other.address, value: parseEther("10") });
});

afterAll(() => anvil.stop());

const deploy = async (contract: CompiledContract, args: readonly unknown[] = []) => {
  const hash = await client.deployContract({ ...contract, args });
  const { contractAddress } = await client.waitForTransactionReceipt({ hash });
  return getContract({ abi: contract.abi, address: contractAddress as Address, client });
};

const mined = async (hash: Hex) => client.waitForTransactionReceipt({ hash });

test("Greeter", async () => {
  const greeter = await deploy(contracts.Greeter, ["hello"]);
  expect(await greeter.read.greet?.()).toBe("hello");
  await mined((await greeter.write.setGreeting?.(["bye"], {})) as Hex);
  expect(await greeter.read.greet?.()).toBe("bye");
  expect(await greeter.getEvents.Greeted?.()).toMatchObject([
    { args: { by: account.address, greeting: "bye" } },
  ]);
});

describe("Token", () => {
  test("default: transfer, approve, transferFrom", async () => {
    const token = await deploy(contracts.Token, ["Sigil Test", "SGT", 1000n]);
    await mined((await token.write.transfer?.([other.address, 300n], {})) as Hex);
    await mined((await token.write.approve?.([other.address, 100n], {})) as Hex);
    await mined(
      (await token.write.transferFrom?.([account.address, other.address, 60n], { account: other })) as Hex,
    );
    expect(await token.read.balanceOf?.([account.address])).toBe(640n);
    expect(await token.read.balanceOf?.([other.address])).toBe(360n);
    expect(await token.read.allowance?.([account.address, other.address])).toBe(40n);
  });

  test("behavior: refuses what is not there", async () => {
    const token = await deploy(contracts.Token, ["Sigil Test", "SGT", 1000n]);
    await expect(token.simulate.transfer?.([other.address, 1001n], {})).rejects.toThrow(
      "InsufficientBalance",
    );
    await expect(
      token.simulate.transferFrom?.([account.address, other.address, 1n], { account: other }),
    ).rejects.toThrow("InsufficientAllowance");
  });
});

describe("Verifier", () => {
  const message = {
    from: { name: "Ada", wallets: [account.address, other.address] },
    to: [
      { name: "Bob", wallets: [other.address] },
      { name: "Eve", wallets: [] },
    ],
    contents: "grüße",
  };
  const sign = (verifyingContract: Address) =>
    account.signTypedData(mailFor(verifyingContract, chain.id, message));

  test("default: recovers the signer", async () => {
    const verifier = await deploy(contracts.Verifier);
    const signature = await sign(verifier.address);
    const { v, r, s } = parseSignature(signature);
    expect(await verifier.read.recoverMail?.([message, signature])).toBe(account.address);
    expect(await verifier.read.recoverMailParts?.([message, Number(v), r, s])).toBe(account.address);
    const changed = { ...message, contents: "changed" };
    expect(await verifier.read.recoverMail?.([changed, signature])).not.toBe(account.address);
  });

  test("behavior: refuses a high s, another v and another length", async () => {
    const verifier = await deploy(contracts.Verifier);
    const signature = await sign(verifier.address);
    const { v, r, s } = parseSignature(signature);
    const highS = numberToHex(order - BigInt(s), { size: 32 });
    const flipped = Number(v) === 27 ? 28 : 27;
    await expect(verifier.read.recoverMailParts?.([message, flipped, r, highS])).rejects.toThrow("HighS");
    await expect(verifier.read.recoverMailParts?.([message, 0, r, s])).rejects.toThrow("InvalidV");
    await expect(verifier.read.recoverMail?.([message, signature.slice(0, -2)])).rejects.toThrow(
      "InvalidLength",
    );
  });
});

test("Delegate", async () => {
  const { address, abi } = await deploy(contracts.Delegate);
  const authorization = await client.signAuthorization({ contractAddress: address, executor: "self" });
  const receiver = privateKeyToAccount(generatePrivateKey()).address;
  const data = encodeFunctionData({ abi, functionName: "execute", args: [receiver, 5n, "0x"] });
  await mined(
    await client.sendTransaction({ to: account.address, data, authorizationList: [authorization] }),
  );
  expect(await client.getBalance({ address: receiver })).toBe(5n);

  const eoa = getContract({ abi, address: account.address, client });
  await mined((await eoa.write.ping?.([], { account: other })) as Hex);
  expect(await eoa.read.pings?.()).toBe(1n);
  await expect(eoa.simulate.execute?.([receiver, 5n, "0x"], { account: other })).rejects.toThrow("OnlySelf");
});
