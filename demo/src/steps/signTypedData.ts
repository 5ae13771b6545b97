import { mailFor } from "@sigil/integration/mail";
import type { CompiledContract } from "@sigil/testing/solidity";
import type { SigilAccount } from "@sigil/viem";
import { verifyTypedData } from "viem";
import type { Ethereum } from "../ethereum.js";
import { type Show, short } from "../show.js";
import type { Sigil } from "./startSigil.js";

/** Signs EIP-712 data for a contract, and has that contract say by whom. */
export async function signTypedData(
  show: Show,
  { phone }: Sigil,
  ethereum: Ethereum,
  account: SigilAccount,
  { abi, bytecode }: CompiledContract,
): Promise<void> {
  const wallet = ethereum.walletFor(account);
  const ada = { name: "Ada", wallets: [account.address] };
  const message = { from: ada, to: [{ name: "Bob", wallets: [] }], contents: "Hello, Bob." };

  const verifier = await show.step("Verifier deployed", async (report) => {
    const hash = await phone.approving("the deployment", () => wallet.deployContract({ abi, bytecode }));
    return ethereum.deployed(hash, report);
  });

  await show.step("Typed data signed, and verified by viem and on chain", async ({ fact }) => {
    const typedData = mailFor(verifier, wallet.chain.id, message);
    const signature = await phone.approving("the typed data", () => wallet.signTypedData(typedData));
    const { address } = account;
    if (!(await verifyTypedData({ ...typedData, address, signature })))
      throw new Error("it does not verify.");
    const call = { abi, address: verifier, functionName: "recoverMail", args: [message, signature] } as const;
    const signer = await wallet.readContract(call);
    if (signer !== address) throw new Error(`the contract says ${signer} signed it.`);
    fact(short(signature));
    fact(`Verifier says ${short(address)}`);
  });
}
