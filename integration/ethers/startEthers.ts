import { SigilSigner } from "@sigil/ethers";
import { JsonRpcProvider, type Provider, type TransactionReceipt, type TransactionResponse } from "ethers";
import { pair, startChain, startSigil } from "../setUp.js";

/** A chain, a paired appliance, and ethers' side of both: the signers of the appliance's wallets, funded. */
export async function startEthers(hardfork?: string) {
  const [chain, sigil] = await Promise.all([startChain(hardfork), startSigil()]);
  const { url } = chain.client.transport;
  if (url === undefined) throw new Error("The chain has no URL.");
  const provider = new JsonRpcProvider(url, chain.client.chain.id, {
    staticNetwork: true,
    batchMaxCount: 1,
    // Without a cache, so that what is read after a block is what that block left.
    cacheTimeout: -1,
    pollingInterval: 20,
  });
  // ethers looks for new blocks only while something waits for one. A block that is mined between its first look at a transaction
  // and its first look at the height is none to it; and where each transaction makes a block, the next one never comes.
  await provider.on("block", () => {});
  const paired = await pair(sigil);
  const [owner, other] = SigilSigner.fromWallets(paired, provider) as SigilSigner<Provider>[];
  if (owner === undefined || other === undefined)
    throw new Error("The appliance has fewer than two wallets.");
  await chain.fund(owner.address as `0x${string}`);
  await chain.fund(other.address as `0x${string}`);
  return {
    chain,
    sigil,
    paired,
    provider,
    owner,
    other,
    stop: async () => {
      provider.destroy();
      await Promise.all([chain.stop(), sigil.stop()]);
    },
  };
}

export type Ethers = Awaited<ReturnType<typeof startEthers>>;

/** The receipt of a transaction, which must have succeeded. */
export async function mined(sending: Promise<TransactionResponse>): Promise<TransactionReceipt> {
  const receipt = await (await sending).wait();
  if (receipt?.status !== 1) throw new Error("The transaction was not mined.");
  return receipt;
}
