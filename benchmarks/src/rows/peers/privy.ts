import { PrivyClient } from "@privy-io/node";
import { createViemAccount } from "@privy-io/node/viem";
import { evmAccount } from "../../fixtures.js";
import type { Program } from "../Row.js";
import { withViem } from "../viem.js";

export const privyViem: Program = (apiUrl) => {
  const client = new PrivyClient({ apiUrl, appId: "benchmark", appSecret: "benchmark" });
  const { address } = evmAccount;
  return withViem(createViemAccount(client, { walletId: "benchmark", address }));
};
