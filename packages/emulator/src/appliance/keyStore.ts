import { type Algo, addressKey, algoOf, type Chain, chains } from "../link/chains.js";
import type { Wallet } from "../link/messages.js";
import { type DerivedKeys, deriveKeys } from "./derive.js";
import { DeviceKey, keyBytes } from "./deviceKey.js";

/** The wallets of one appliance. The only place where device keys are. */
export type KeyStore = {
  /** Every address on every chain, by chain, then index. */
  wallets(): readonly Wallet[];
  /** Takes a key in at the next free index; one that is already there keeps its index. */
  add(chain: Chain, privateKey: string | Uint8Array): Wallet;
  find(address: string): DeviceKey | undefined;
  /** Forgets the keys taken in. */
  reset(): void;
};

/** A key that was taken in. Secret. */
export type ImportedKey = { readonly chain: Chain; readonly private_key: string };

/** Makes a store with `count` keys of each kind derived from the mnemonic, and those taken in before. */
export function createKeyStore(
  mnemonic: string,
  count: number,
  imported: readonly ImportedKey[] = [],
): KeyStore {
  const store = storeOf(deriveKeys(mnemonic, count));
  for (const { chain, private_key } of imported) store.add(chain, private_key);
  return store;
}

function storeOf(derived: DerivedKeys): KeyStore {
  const keys: Record<Algo, DeviceKey[]> = {
    secp256k1: derived.evm.map((key) => new DeviceKey("secp256k1", key.privateKey, key.address)),
    ed25519: derived.solana.map((key) => new DeviceKey("ed25519", key.privateKey, key.address)),
  };
  const byAddress = new Map(
    [...keys.secp256k1, ...keys.ed25519].map((key) => [addressKey(key.address), key]),
  );

  return {
    wallets: () =>
      chains.flatMap((chain) =>
        keys[algoOf(chain)].map(({ address }, wallet_index) => ({ chain, wallet_index, address })),
      ),
    add: (chain, privateKey) => {
      const key = new DeviceKey(algoOf(chain), keyBytes(privateKey));
      const list = keys[key.algo];
      const known = list.findIndex(({ address }) => address === key.address);
      if (known < 0) {
        list.push(key);
        byAddress.set(addressKey(key.address), key);
      }
      return { chain, wallet_index: known < 0 ? list.length - 1 : known, address: key.address };
    },
    find: (address) => byAddress.get(addressKey(address)),
    reset: () => {
      const taken = [
        ...keys.secp256k1.splice(derived.evm.length),
        ...keys.ed25519.splice(derived.solana.length),
      ];
      for (const { address } of taken) byAddress.delete(addressKey(address));
    },
  };
}
