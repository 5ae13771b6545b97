import { toSigilAccounts } from "@sigil/viem";
import {
  createPublicClient,
  createWalletClient,
  http,
  parseEther,
  verifyMessage,
  verifyTypedData,
} from "viem";
import { pair } from "./pair.js";

const [account] = toSigilAccounts(await pair([{ chain: "ethereum", access: "sign" }]));
if (account === undefined) throw new Error("The owner granted no wallet.");
const { address } = account;

const message = "hello";
const signature = await account.signMessage({ message });
console.log(`message: ${await verifyMessage({ address, message, signature })}`);

const order = {
  domain: { name: "Shop", chainId: 1 },
  types: { Order: [{ name: "id", type: "uint256" }] },
  primaryType: "Order",
  message: { id: 7n },
} as const;
const signedOrder = await account.signTypedData(order);
console.log(`typed data: ${await verifyTypedData({ ...order, address, signature: signedOrder })}`);

// A node of any EVM chain on which the wallet has money, such as anvil.
const { RPC_URL } = process.env;
if (RPC_URL !== undefined) {
  const transport = http(RPC_URL);
  const wallet = createWalletClient({ account, transport });
  const to = "0x000000000000000000000000000000000000dEaD";
  const hash = await wallet.sendTransaction({ chain: null, to, value: parseEther("0.001") });
  const { status } = await createPublicClient({ transport }).waitForTransactionReceipt({ hash });
  console.log(`transaction: ${status}`);
}
