import type { Binding } from "../../link/messages.js";
import type { Answer } from "../answer.js";
import { type Call, pairingOf, requireNotRevoked } from "../call.js";

type Entry = {
  readonly chain: string;
  readonly wallet_index: number;
  readonly address: string;
  read: boolean;
  sign: boolean;
};

/** `GET /sp/pairings/{pair_id}/wallets` (protocol page, getEnabledWallets). A pending pairing may be listed. */
export async function enabledWallets(call: Call): Promise<Answer> {
  const pairing = pairingOf(call, call.params.pair_id);
  requireNotRevoked(pairing);
  return { status: 200, body: { entries: entriesOf(pairing.bindings) }, requestId: call.requestId };
}

/** One entry for each wallet of each chain, with what the pairing may do there. */
function entriesOf(bindings: readonly Binding[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const { chain, wallet_index, address, access } of bindings) {
    const key = `${chain} ${wallet_index}`;
    const entry = entries.get(key) ?? { chain, wallet_index, address, read: false, sign: false };
    entry[access] = true;
    entries.set(key, entry);
  }
  return [...entries.values()];
}
