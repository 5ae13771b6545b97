import {
  evmAccount,
  evmDigest,
  evmSignature,
  octaneAnswer,
  solanaAddress,
  solanaMessage,
  solanaSignature,
} from "../fixtures.js";
import type { Answer } from "./Answer.js";

const evm = octaneAnswer(evmDigest, evmAccount.address, Buffer.from(evmSignature.slice(2), "hex"));
const solana = octaneAnswer(solanaMessage, solanaAddress, solanaSignature);

const isSign = (method: string, path: string): boolean => method === "POST" && path === "/sp/sign";

export const octaneEvm: Answer = ({ method, path }) => (isSign(method, path) ? evm : undefined);
export const octaneSolana: Answer = ({ method, path }) => (isSign(method, path) ? solana : undefined);
