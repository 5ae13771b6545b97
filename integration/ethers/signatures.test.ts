import { type TypedDataDomain, type TypedDataField, verifyMessage, verifyTypedData } from "ethers";
import type { Address, Hex } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compileContracts } from "../contracts/compileContracts.js";
import { mailFor } from "../contracts/mail.js";
import { freshAddress } from "../setUp.js";
import { type Ethers, startEthers } from "./startEthers.js";

const { Verifier } = compileContracts();

let ethers: Ethers;
let verifier: Address;

beforeAll(async () => {
  ethers = await startEthers();
  verifier = await ethers.chain.deploy(Verifier);
});

afterAll(() => ethers?.stop());

const message = {
  from: { name: "Ada", wallets: [freshAddress(), freshAddress()] },
  to: [
    { name: "Bob", wallets: [freshAddress()] },
    { name: "Eve", wallets: [] },
  ],
  contents: "grüße",
};

const recoverMail = (mail: typeof message, signature: string) =>
  ethers.chain.client.readContract({
    abi: Verifier.abi,
    address: verifier,
    functionName: "recoverMail",
    args: [mail, signature as Hex],
  });

/** The mail in the words of ethers, whose types are mutable. */
function mailOf(mail: typeof message): [TypedDataDomain, Record<string, TypedDataField[]>, object] {
  const { domain, types } = mailFor(verifier, ethers.chain.client.chain.id, mail);
  return [domain, { Person: [...types.Person], Mail: [...types.Mail] }, mail];
}

test("default: a contract recovers the appliance's address from typed data", async () => {
  const { owner } = ethers;
  const signature = await owner.signTypedData(...mailOf(message));
  expect(await recoverMail(message, signature)).toBe(owner.address);
  expect(await recoverMail({ ...message, contents: "changed" }, signature)).not.toBe(owner.address);
  expect(verifyTypedData(...mailOf(message), signature)).toBe(owner.address);
});

test("behavior: many mails, of both parities, all taken by a contract that refuses a high s", async () => {
  const { owner } = ethers;
  const parities = new Set<string>();
  for (let i = 0; i < 16; i++) {
    const mail = { ...message, contents: `mail ${i}` };
    const signature = await owner.signTypedData(...mailOf(mail));
    expect(await recoverMail(mail, signature)).toBe(owner.address);
    parities.add(signature.slice(-2));
  }
  expect([...parities].sort()).toEqual(["1b", "1c"]);
});

test("behavior: a message verifies, and no other does", async () => {
  const { owner } = ethers;
  for (const text of ["grüße", "0xdeadbeef", new Uint8Array([0xde, 0xad])]) {
    const signature = await owner.signMessage(text);
    expect(verifyMessage(text, signature)).toBe(owner.address);
    expect(verifyMessage("other", signature)).not.toBe(owner.address);
  }
});
