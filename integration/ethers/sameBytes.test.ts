import type { SigilAccount } from "@sigil/viem";
import type { TransactionRequest } from "ethers";
import { type Address, type Hex, parseGwei, type TransactionSerializable } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mailFor } from "../contracts/mail.js";
import { freshAddress } from "../setUp.js";
import { type Ethers, mined, startEthers } from "./startEthers.js";

let ethers: Ethers;
let account: SigilAccount;

beforeAll(async () => {
  ethers = await startEthers();
  account = ethers.paired.accountOf(0);
});

afterAll(() => ethers?.stop());

const to: Address = freshAddress();
const gwei = parseGwei("20");
const fees = { maxFeePerGas: gwei, maxPriorityFeePerGas: 1n };
const accessList = [{ address: freshAddress(), storageKeys: [`0x${"11".repeat(32)}` as Hex] }];
const blobVersionedHashes = [`0x01${"07".repeat(31)}` as Hex];

type Both = {
  readonly viem: object;
  readonly ethers: TransactionRequest;
  /** Anvil takes no blob transaction without its sidecar. */
  readonly sent?: false;
};

/** One transaction in the words of each library; what is the same in both is added below. */
const kinds: Readonly<Record<string, () => Both | Promise<Both>>> = {
  legacy: () => ({ viem: { type: "legacy", gasPrice: gwei }, ethers: { type: 0, gasPrice: gwei } }),
  "EIP-2930": () => ({
    viem: { type: "eip2930", gasPrice: gwei, accessList },
    ethers: { type: 1, gasPrice: gwei, accessList },
  }),
  "EIP-1559": () => ({
    viem: { type: "eip1559", ...fees, accessList },
    ethers: { type: 2, ...fees, accessList },
  }),
  "EIP-4844": () => ({
    viem: { type: "eip4844", ...fees, maxFeePerBlobGas: gwei, blobVersionedHashes },
    ethers: { type: 3, ...fees, maxFeePerBlobGas: gwei, blobVersionedHashes },
    sent: false,
  }),
  "EIP-7702": async () => {
    const request = { chainId: ethers.chain.client.chain.id, nonce: 0 };
    const address = freshAddress();
    const byViem = await account.signAuthorization({ ...request, contractAddress: address });
    const byEthers = await ethers.owner.authorize({ ...request, address });
    return {
      viem: { type: "eip7702", ...fees, authorizationList: [byViem] },
      ethers: { type: 4, ...fees, authorizationList: [byEthers] },
    };
  },
};

describe.each(Object.entries(kinds))("%s", (_, kind) => {
  test("behavior: signed by both adapters it is the same bytes, which the chain takes", async () => {
    for (const data of ["0x", `0x${"ab".repeat(40)}`] as const) {
      const both = await kind();
      const chainId = ethers.chain.client.chain.id;
      const nonce = await ethers.owner.getNonce();
      const common = { chainId, nonce, to, value: 7n, data };
      const byViem = await account.signTransaction({
        ...common,
        ...both.viem,
        gas: 100_000n,
      } as TransactionSerializable);
      const byEthers = await ethers.owner.signTransaction({ ...common, ...both.ethers, gasLimit: 100_000n });
      expect(byEthers).toBe(byViem);
      if (both.sent === false) continue;
      expect((await mined(ethers.provider.broadcastTransaction(byEthers))).from).toBe(account.address);
    }
  });
});

test("behavior: messages and typed data have the same signature", async () => {
  expect(await ethers.owner.signMessage("grüße")).toBe(await account.signMessage({ message: "grüße" }));
  const raw = new Uint8Array([0, 1, 254, 255]);
  expect(await ethers.owner.signMessage(raw)).toBe(await account.signMessage({ message: { raw } }));
  const person = { name: "Ada", wallets: [to] };
  const mail = mailFor(to, 1, { from: person, to: [person, person], contents: "grüße" });
  const types = { Person: [...mail.types.Person], Mail: [...mail.types.Mail] };
  expect(await ethers.owner.signTypedData(mail.domain, types, mail.message)).toBe(
    await account.signTypedData(mail),
  );
});
