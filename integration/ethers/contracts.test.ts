import { type BaseContract, Contract, ContractFactory, type EventLog, isError } from "ethers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compileContracts } from "../contracts/compileContracts.js";
import { freshAddress } from "../setUp.js";
import { type Ethers, mined, startEthers } from "./startEthers.js";

const { Greeter, Token } = compileContracts();

let ethers: Ethers;

beforeAll(async () => {
  ethers = await startEthers();
});

afterAll(() => ethers?.stop());

async function deployToken(): Promise<BaseContract> {
  const factory = new ContractFactory([...Token.abi] as never, Token.bytecode, ethers.owner);
  return (await factory.deploy("Sigil Test", "SGT", 1000n)).waitForDeployment();
}

const balanceOf = (token: BaseContract, who: string): Promise<bigint> => token.getFunction("balanceOf")(who);

test("default: ContractFactory deploys a token, and its supply is the deployer's", async () => {
  const { owner, provider } = ethers;
  const token = await deployToken();
  expect(await provider.getCode(token)).not.toBe("0x");
  expect(await balanceOf(token, owner.address)).toBe(1000n);
});

test("behavior: transfer, approve, and transferFrom by a second wallet of the appliance", async () => {
  const { owner, other } = ethers;
  const token = await deployToken();
  const to = freshAddress();
  await mined(token.getFunction("transfer").send(to, 300n));
  await mined(token.getFunction("approve").send(other, 100n));
  const asOther = token.connect(other);
  const receipt = await mined(asOther.getFunction("transferFrom").send(owner, to, 60n));
  expect(receipt.from).toBe(other.address);
  const [transfer] = receipt.logs as EventLog[];
  expect(transfer?.eventName).toBe("Transfer");
  expect([...(transfer?.args ?? [])]).toEqual([owner.address, to, 60n]);
  expect(await balanceOf(token, owner.address)).toBe(640n);
  expect(await balanceOf(token, to)).toBe(360n);
  expect(await token.getFunction("allowance")(owner, other)).toBe(40n);
});

test("behavior: what would revert is refused before the appliance is asked", async () => {
  const { owner, other, sigil } = ethers;
  const token = await deployToken();
  const before = await other.getNonce();
  // An appliance that was asked would now keep the call waiting for ever.
  sigil.phone.decision = "wait";
  const error = await token
    .connect(other)
    .getFunction("transferFrom")
    .send(owner, other, 1n)
    .catch((reason: unknown) => reason);
  sigil.phone.decision = "approve";
  const data = isError(error, "CALL_EXCEPTION") ? error.data : undefined;
  expect(token.interface.parseError(data ?? "0x")?.name).toBe("InsufficientAllowance");
  expect(await other.getNonce()).toBe(before);
});

test("behavior: the contract sees the appliance's address as the sender", async () => {
  const { owner } = ethers;
  const factory = new ContractFactory([...Greeter.abi] as never, Greeter.bytecode, owner);
  const deployed = await (await factory.deploy("hello")).waitForDeployment();
  const greeter = new Contract(await deployed.getAddress(), [...Greeter.abi] as never, owner);
  const { logs } = await mined(greeter.getFunction("setGreeting").send("grüße"));
  expect(await greeter.getFunction("greet")()).toBe("grüße");
  expect([...((logs as EventLog[])[0]?.args ?? [])]).toEqual([owner.address, "grüße"]);
});
