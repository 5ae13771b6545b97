import { SigilSigner } from "@sigil/ethers";
import { JsonRpcProvider, parseEther, verifyMessage, verifyTypedData } from "ethers";
import { pair } from "./pair.js";

const [signer] = SigilSigner.fromWallets(await pair([{ chain: "ethereum", access: "sign" }]));
if (signer === undefined) throw new Error("The owner granted no wallet.");

const signature = await signer.signMessage("hello");
console.log(`message: ${verifyMessage("hello", signature) === signer.address}`);

const domain = { name: "Shop", chainId: 1 };
const types = { Order: [{ name: "id", type: "uint256" }] };
const order = { id: 7n };
const signedOrder = await signer.signTypedData(domain, types, order);
console.log(`typed data: ${verifyTypedData(domain, types, order, signedOrder) === signer.address}`);

// A node of any EVM chain on which the wallet has money, such as anvil.
const { RPC_URL } = process.env;
if (RPC_URL !== undefined) {
  const provider = new JsonRpcProvider(RPC_URL);
  const to = "0x000000000000000000000000000000000000dEaD";
  const response = await signer.connect(provider).sendTransaction({ to, value: parseEther("0.001") });
  const receipt = await response.wait();
  console.log(`transaction: ${receipt?.status === 1 ? "success" : "reverted"}`);
  provider.destroy();
}
