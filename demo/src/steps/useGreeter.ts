import type { CompiledContract } from "@sigil/testing/solidity";
import type { SigilAccount } from "@sigil/viem";
import type { Ethereum } from "../ethereum.js";
import type { Show } from "../show.js";
import type { Sigil } from "./startSigil.js";

/** Deploys a contract, writes to it and reads it. */
export async function useGreeter(
  show: Show,
  { phone }: Sigil,
  ethereum: Ethereum,
  account: SigilAccount,
  { abi, bytecode }: CompiledContract,
): Promise<void> {
  const wallet = ethereum.walletFor(account);

  const address = await show.step("Greeter deployed", async (report) => {
    const hash = await phone.approving("the deployment", () =>
      wallet.deployContract({ abi, bytecode, args: ["hello"] }),
    );
    return ethereum.deployed(hash, report);
  });

  await show.step("Greeter.setGreeting called", async (report) => {
    const call = { abi, address, functionName: "setGreeting", args: ["hello from Sigil"] } as const;
    await ethereum.mined(await phone.approving("the call", () => wallet.writeContract(call)), report);
  });

  await show.step("Greeter.greet read", async ({ fact }) => {
    fact(`“${await wallet.readContract({ abi, address, functionName: "greet" })}”`);
  });
}
