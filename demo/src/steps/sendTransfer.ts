import type { SigilAccount } from "@sigil/viem";
import { parseEther } from "viem";
import { generatePrivateKey, privateKeyToAddress } from "viem/accounts";
import type { Ethereum } from "../ethereum.js";
import type { Show } from "../show.js";
import type { Sigil } from "./startSigil.js";

export const sendTransfer = (
  show: Show,
  { phone }: Sigil,
  ethereum: Ethereum,
  account: SigilAccount,
): Promise<void> =>
  show.step("0.25 ETH sent in an EIP-1559 transaction", async (report) => {
    const wallet = ethereum.walletFor(account);
    const to = privateKeyToAddress(generatePrivateKey());
    const value = parseEther("0.25");
    const hash = await phone.approving("the transfer", () =>
      wallet.sendTransaction({ to, value, type: "eip1559" }),
    );
    const receipt = await ethereum.mined(hash, report);
    if (receipt.type !== "eip1559") throw new Error(`it was mined as ${receipt.type}.`);
    if ((await wallet.getBalance({ address: to })) !== value) throw new Error(`nothing arrived at ${to}.`);
  });
