import { toSigilSigners } from "@sigil/solana";
import { toSigilWallets } from "@sigil/solana/web3js";
import { startSolana } from "@sigil/testing/solana";
import { createKeyPairSignerFromBytes } from "@solana/kit";
import { Keypair } from "@solana/web3.js";
import { expect } from "vitest";
import { pair, startSigil } from "../setUp.js";
import { connectKit } from "./kitClient.js";
import { connectWeb3 } from "./web3Client.js";

/** A Solana chain, an appliance whose two wallets have money, its pair, and a key pair of this process with money. */
export async function startStage() {
  const [chain, sigil] = await Promise.all([startSolana(), startSigil()]);
  const paired = await pair(sigil);
  const [signer, secondSigner] = toSigilSigners(paired);
  const [wallet] = toSigilWallets(paired);
  if (!signer || !secondSigner || !wallet) throw new Error("The appliance has too few Solana wallets.");
  const localKeypair = Keypair.generate();
  const local = await createKeyPairSignerFromBytes(localKeypair.secretKey);

  const kit = connectKit(chain);
  await Promise.all([signer, secondSigner, local].map(({ address }) => kit.fund(address)));

  /** Waits until the owner is asked for one signature. */
  const asked = async () => {
    const requests = () => sigil.emulator.appliance.requests();
    await expect.poll(async () => (await requests()).length).toBe(1);
    const [request] = await requests();
    if (request === undefined) throw new Error("The request is gone.");
    return request;
  };
  return {
    sigil,
    paired,
    kit,
    web3: connectWeb3(chain),
    /** kit's signers for the appliance's wallets, and web3.js' wallet for the first of them. */
    ...{ signer, secondSigner, wallet },
    /** The key pair of this process, for kit and for web3.js. */
    ...{ local, localKeypair },
    asked,
    stop: () => Promise.all([chain.stop(), sigil.stop()]),
  };
}

export type Stage = Awaited<ReturnType<typeof startStage>>;
