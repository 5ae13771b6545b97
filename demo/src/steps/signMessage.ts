import type { SigilAccount } from "@sigil/viem";
import { verifyMessage } from "viem";
import { type Show, short } from "../show.js";
import type { Sigil } from "./startSigil.js";

export const signMessage = (show: Show, { phone }: Sigil, account: SigilAccount): Promise<void> =>
  show.step("Message signed, and verified by viem", async ({ fact }) => {
    const message = "Sigil demo";
    const signature = await phone.approving("the message", () => account.signMessage({ message }));
    const { address } = account;
    if (!(await verifyMessage({ address, message, signature }))) throw new Error("it does not verify.");
    fact(short(signature));
  });
