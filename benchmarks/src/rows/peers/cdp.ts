import { CdpClient } from "@coinbase/cdp-sdk";
import { VersionedTransaction } from "@solana/web3.js";
import { evmAccount, solanaAddress } from "../../fixtures.js";
import type { Program } from "../Row.js";
import { withViem } from "../viem.js";
import { withWeb3js } from "../web3js.js";
import { ed25519Pair, p256Der } from "./keys.js";

// It would tell its makers of each call, over the network, which would be measured with it.
process.env.DISABLE_CDP_USAGE_TRACKING = "true";
process.env.DISABLE_CDP_ERROR_REPORTING = "true";

const toClient = (basePath: string): CdpClient =>
  new CdpClient({ basePath, apiKeyId: "benchmark", apiKeySecret: ed25519Pair(), walletSecret: p256Der() });

export const cdpEvm: Program = async (baseUrl) =>
  withViem(await toClient(baseUrl).evm.getAccount({ address: evmAccount.address }));

export const cdpSolana: Program = async (baseUrl) => {
  const account = await toClient(baseUrl).solana.getAccount({ address: solanaAddress });
  return withWeb3js({
    signTransaction: async (transaction) => {
      const { signedTransaction } = await account.signTransaction({
        transaction: Buffer.from(transaction.serialize()).toString("base64"),
      });
      return VersionedTransaction.deserialize(Buffer.from(signedTransaction, "base64"));
    },
  });
};
