import { DfnsWallet } from "@dfns/lib-viem";
import { DfnsApiClient } from "@dfns/sdk";
import { AsymmetricKeySigner } from "@dfns/sdk-keysigner";
import type { Program } from "../Row.js";
import { withViem } from "../viem.js";
import { ed25519Pem } from "./keys.js";

export const dfnsViem: Program = async (baseUrl) => {
  const signer = new AsymmetricKeySigner({
    credId: "cred-benchmark",
    privateKey: ed25519Pem(),
    appOrigin: "http://localhost",
  });
  const dfnsClient = new DfnsApiClient({ appId: "ap-benchmark", authToken: "benchmark", baseUrl, signer });
  // viem's toAccount takes its methods over as they are.
  return withViem(await DfnsWallet.init({ walletId: "wa-benchmark", dfnsClient }));
};
