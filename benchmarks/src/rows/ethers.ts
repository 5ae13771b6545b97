import { SigilSigner } from "@sigil/ethers";
import { Wallet } from "ethers";
import { evmAccount, evmKey, evmMessage, pairId } from "../fixtures.js";
import type { Program, Signer } from "./Row.js";
import { toClient } from "./sigil.js";

export const withEthers = (signer: { signMessage(message: string): Promise<string> }): Signer => ({
  sign: () => signer.signMessage(evmMessage),
  signatureOf: (signature: string) => signature,
});

export const sigilEthers: Program = (baseUrl) =>
  withEthers(new SigilSigner({ client: toClient(baseUrl), address: evmAccount.address, pairId }));

export const ethersWallet: Program = () => withEthers(new Wallet(evmKey));
