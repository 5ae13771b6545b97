import { ApiKeyStamper } from "@turnkey/api-key-stamper";
import { TurnkeySigner as TurnkeyEthersSigner } from "@turnkey/ethers";
import { TurnkeyClient } from "@turnkey/http";
import { TurnkeySigner as TurnkeySolanaSigner } from "@turnkey/solana";
import { createAccount } from "@turnkey/viem";
import { evmAccount, solanaAddress } from "../../fixtures.js";
import { withEthers } from "../ethers.js";
import type { Program } from "../Row.js";
import { withViem } from "../viem.js";
import { withWeb3js } from "../web3js.js";
import { p256Key } from "./keys.js";

const organizationId = "b1f6a5f0-0000-4000-8000-000000000000";

/** The lighter of Turnkey's two clients: it does not poll. */
function toClient(baseUrl: string): TurnkeyClient {
  const { publicKey, privateKey } = p256Key();
  const stamper = new ApiKeyStamper({ apiPublicKey: publicKey, apiPrivateKey: privateKey });
  return new TurnkeyClient({ baseUrl }, stamper);
}

export const turnkeyViem: Program = async (baseUrl) =>
  withViem(await createAccount({ client: toClient(baseUrl), organizationId, signWith: evmAccount.address }));

export const turnkeyEthers: Program = (baseUrl) =>
  withEthers(
    // Its types are those of an older client, which does the same.
    new TurnkeyEthersSigner({
      client: toClient(baseUrl) as never,
      organizationId,
      signWith: evmAccount.address,
    }),
  );

export const turnkeySolana: Program = (baseUrl) => {
  const signer = new TurnkeySolanaSigner({ client: toClient(baseUrl) as never, organizationId });
  return withWeb3js({ signTransaction: (transaction) => signer.signTransaction(transaction, solanaAddress) });
};
