import { SigilSigner } from "@sigil/ethers";
import type { SigilAccount } from "@sigil/viem";
import { JsonRpcProvider, parseEther, Wallet } from "ethers";
import type { Hash } from "viem";
import type { Ethereum } from "../ethereum.js";
import type { Show } from "../show.js";
import type { Sigil } from "./startSigil.js";

/** The same wallet, in ethers. */
export const sendWithEthers = (
  show: Show,
  { client, phone }: Sigil,
  ethereum: Ethereum,
  pairId: string,
  { address }: SigilAccount,
): Promise<void> =>
  show.step("0.25 ETH sent by ethers", async (report) => {
    const provider = new JsonRpcProvider(ethereum.rpcUrl);
    try {
      const signer = new SigilSigner({ client, address, pairId, chain: "ethereum" }, provider);
      const { address: to } = Wallet.createRandom();
      const value = parseEther("0.25");
      const { hash } = await phone.approving("the transfer", () => signer.sendTransaction({ to, value }));
      const { from } = await ethereum.mined(hash as Hash, report);
      if (from !== address.toLowerCase()) throw new Error(`it was mined as sent by ${from}.`);
      if ((await provider.getBalance(to)) !== value) throw new Error(`nothing arrived at ${to}.`);
    } finally {
      provider.destroy();
    }
  });
