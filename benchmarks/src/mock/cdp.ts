import { evmAccount, evmSignature, solanaAddress, solanaSignature, unsignedTransfer } from "../fixtures.js";
import type { Answer } from "./Answer.js";

const signed = unsignedTransfer();
signed.signatures = [solanaSignature];

const evmPath = `/v2/evm/accounts/${evmAccount.address}`;
const solanaPath = `/v2/solana/accounts/${solanaAddress}`;

const routes: Readonly<Record<string, string>> = {
  [`GET ${evmPath}`]: JSON.stringify({ address: evmAccount.address, name: "benchmark" }),
  [`POST ${evmPath}/sign/message`]: JSON.stringify({ signature: evmSignature }),
  [`GET ${solanaPath}`]: JSON.stringify({ address: solanaAddress, name: "benchmark" }),
  [`POST ${solanaPath}/sign/transaction`]: JSON.stringify({
    signedTransaction: Buffer.from(signed.serialize()).toString("base64"),
  }),
};

export const cdp: Answer = ({ method, path }) => routes[`${method} ${path}`];
