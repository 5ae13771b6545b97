import type { SigilAccount } from "@sigil/viem";
import { formatEther, parseEther } from "viem";
import type { Ethereum } from "../ethereum.js";
import type { Show } from "../show.js";

/** From an account of Anvil's, which the node itself signs for. */
export const fundWallet = (show: Show, ethereum: Ethereum, { address }: SigilAccount): Promise<void> =>
  show.step("Funded by one of Anvil's own accounts", async (report) => {
    const [account] = await ethereum.client.getAddresses();
    if (account === undefined) throw new Error("Anvil has no accounts.");
    const value = parseEther("2");
    await ethereum.mined(await ethereum.client.sendTransaction({ account, to: address, value }), report);
    report.fact(`balance ${formatEther(await ethereum.client.getBalance({ address }))} ETH`);
  });
