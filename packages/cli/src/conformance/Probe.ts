import type { Settings } from "./options.js";
import type { ListedWallet } from "./Wallet.js";
import type { Wire } from "./Wire.js";

/** An octane under test: plain HTTP, and what several checks have in common, made once each. */
export type Probe = Wire & {
  readonly settings: Settings;
  /** What `make` gives, made for the first who asks under this name. A failure is given again too. */
  readonly once: <T>(name: string, make: () => Promise<T>) => Promise<T>;
  /** The wallets of pairings, once listed. */
  readonly wallets: Map<string, readonly ListedWallet[]>;
  /** The pairings this run made. */
  readonly paired: Set<string>;
  /** What nobody decided about in time: the owner is not asked for another of that kind. */
  readonly absent: Set<"pair" | "sign">;
};

/** Makes the probe of one run. */
export function createProbe(settings: Settings, wire: Wire): Probe {
  const made = new Map<string, Promise<unknown>>();
  return {
    ...wire,
    settings,
    once: <T>(name: string, make: () => Promise<T>) => {
      const known = made.get(name) as Promise<T> | undefined;
      const promise = known ?? make();
      made.set(name, promise);
      return promise;
    },
    wallets: new Map(),
    paired: new Set(),
    absent: new Set(),
  };
}
