import { evmSignature, solanaAddress, solanaSignature, unsignedTransfer } from "../fixtures.js";
import type { Answer } from "./Answer.js";

const signed = unsignedTransfer();
signed.signatures = [solanaSignature];

const evm = JSON.stringify({
  method: "personal_sign",
  data: { signature: evmSignature, encoding: "hex" },
});
const solana = JSON.stringify({
  method: "signTransaction",
  data: { signed_transaction: Buffer.from(signed.serialize()).toString("base64"), encoding: "base64" },
});
const wallet = JSON.stringify({ id: "benchmark", address: solanaAddress, chain_type: "solana" });

export const privyEvm: Answer = ({ method, path }) =>
  `${method} ${path}` === "POST /v1/wallets/benchmark/rpc" ? evm : undefined;

export const privySolana: Answer = ({ method, path }) => {
  if (`${method} ${path}` === "GET /v1/wallets/benchmark") return wallet;
  return `${method} ${path}` === "POST /v1/wallets/benchmark/rpc" ? solana : undefined;
};
