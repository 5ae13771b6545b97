import { addressKey } from "../../link/chains.js";
import type { Wallet } from "../../link/messages.js";

/**
 * Which addresses each appliance holds, as it last announced them: what tells an address out of a pairing's scope from
 * one that nobody knows.
 */
export type Directory = {
  announce(applianceId: string, wallets: readonly Wallet[]): void;
  has(applianceId: string, address: string): boolean;
  forget(applianceId: string): void;
};

/** Makes an empty directory. */
export function createDirectory(): Directory {
  const known = new Map<string, ReadonlySet<string>>();
  return {
    announce: (applianceId, wallets) => {
      known.set(applianceId, new Set(wallets.map(({ address }) => addressKey(address))));
    },
    has: (applianceId, address) => known.get(applianceId)?.has(addressKey(address)) === true,
    forget: (applianceId) => void known.delete(applianceId),
  };
}
