import { addressKey } from "../../link/chains.js";
import type { Wallet } from "../../link/messages.js";

/**
 * Which addresses the appliance holds, as it last announced them: what tells an address out of a pairing's scope from
 * one that nobody knows.
 */
export type Directory = {
  announce(wallets: readonly Wallet[]): void;
  has(address: string): boolean;
};

/** Makes an empty directory. */
export function createDirectory(): Directory {
  let known: ReadonlySet<string> = new Set();
  return {
    announce: (wallets) => {
      known = new Set(wallets.map(({ address }) => addressKey(address)));
    },
    has: (address) => known.has(addressKey(address)),
  };
}
