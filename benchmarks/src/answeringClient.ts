import type { SignResult } from "@sigil/astrotrain";
import type { SigningClient } from "@sigil/astrotrain/adapter";
import {
  evmAccount,
  evmDigest,
  evmSignature,
  octaneAnswer,
  solanaAddress,
  solanaMessage,
  solanaSignature,
} from "./fixtures.js";

/** A client that sends nothing and answers at once, so that what is left is the adapter's own work. */
export function answeringClient(algo: "secp256k1" | "ed25519"): SigningClient {
  const evm = (): string =>
    octaneAnswer(evmDigest, evmAccount.address, Buffer.from(evmSignature.slice(2), "hex"));
  const solana = (): string => octaneAnswer(solanaMessage, solanaAddress, solanaSignature);
  const result = JSON.parse(algo === "secp256k1" ? evm() : solana()) as SignResult;
  return { sign: async () => result };
}
