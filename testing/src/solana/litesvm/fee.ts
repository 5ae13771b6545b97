import type { Message } from "./wireTransaction.js";

const lamportsPerSignature = 5000n;

/** The fee for signatures. What a transaction offers on top for priority is not counted. */
export function toFee({ header }: Message): bigint {
  return lamportsPerSignature * BigInt(header.numSignerAccounts);
}
