import type { SigilAccount } from "@sigil/viem";
import {
  type Address,
  createWalletClient,
  type Hash,
  http,
  publicActions,
  type TransactionReceipt,
} from "viem";
import { anvil } from "viem/chains";
import type { Report } from "./show.js";

/** Clients of one chain. Without an account: the node's own accounts, which a local chain has. */
export function connect(rpcUrl: string) {
  const options = { chain: anvil, transport: http(rpcUrl), pollingInterval: 20 } as const;
  const client = createWalletClient(options).extend(publicActions);
  /** Waits until the transaction is mined and reports it. @throws Error when it was reverted. */
  const mined = async (hash: Hash, { fact, line }: Report): Promise<TransactionReceipt> => {
    const receipt = await client.waitForTransactionReceipt({ hash });
    if (receipt.status !== "success") throw new Error(`the transaction ${hash} was reverted.`);
    fact(`block ${receipt.blockNumber}`);
    fact(`${receipt.gasUsed} gas`);
    line(hash);
    return receipt;
  };
  return {
    rpcUrl,
    client,
    walletFor: (account: SigilAccount) => createWalletClient({ ...options, account }).extend(publicActions),
    mined,
    /** The address of the contract that the transaction creates. */
    deployed: async (hash: Hash, report: Report): Promise<Address> => {
      const { contractAddress } = await mined(hash, report);
      if (!contractAddress) throw new Error(`the transaction ${hash} created no contract.`);
      return contractAddress;
    },
  };
}

export type Ethereum = ReturnType<typeof connect>;
