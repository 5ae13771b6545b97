import { getBase58Decoder } from "@solana/kit";
import type { Chain } from "./chain.js";
import type { Message } from "./wireTransaction.js";

const systemProgram = "11111111111111111111111111111111";
const advanceNonceAccount = 4;
// Of a nonce account: version, state and authority stand before the nonce.
const nonceOffset = 40;
const nonceBytes = 32;

/** Whether the transaction may run now: its lifetime is a recent blockhash, or the nonce that it advances. */
export function isAlive({ vm, blocks }: Chain, message: Message): boolean {
  if (blocks.isRecent(message.lifetimeToken)) return true;
  const account = nonceAccountOf(message);
  if (account === undefined) return false;
  const { exists, ...found } = vm.getAccount(account);
  if (!exists || !("data" in found) || found.programAddress !== systemProgram) return false;
  const nonce = found.data.slice(nonceOffset, nonceOffset + nonceBytes);
  return getBase58Decoder().decode(nonce) === message.lifetimeToken;
}

// Only the first instruction counts.
function nonceAccountOf({
  instructions,
  staticAccounts,
}: Message): Message["staticAccounts"][number] | undefined {
  const [first] = instructions;
  if (first?.data === undefined || staticAccounts[first.programAddressIndex] !== systemProgram)
    return undefined;
  const [account] = first.accountIndices ?? [];
  const isAdvance = first.data.length >= 4 && first.data[0] === advanceNonceAccount;
  return isAdvance && account !== undefined ? staticAccounts[account] : undefined;
}
