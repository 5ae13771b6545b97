import { asObject, readArray, readBoolean, readString, readWholeNumber } from "./shape.js";

/** `GET /sp/pairings/{pair_id}/wallets`. */
export const enabledWalletsPath = (pairId: string): readonly string[] => [
  "sp",
  "pairings",
  pairId,
  "wallets",
];

/** A wallet of the pair and what the pair may do with it. */
export type WalletEntry = {
  readonly chain: string;
  readonly wallet_index: number;
  readonly address: string;
  readonly read: boolean;
  readonly sign: boolean;
};

export type EnabledWallets = { readonly entries: readonly WalletEntry[] };

export function decodeEnabledWallets(answer: unknown): EnabledWallets {
  const entries = readArray(asObject(answer, "the body"), "entries", "");
  return { entries: entries.map((entry, i) => decodeEntry(entry, `entries[${i}]`)) };
}

function decodeEntry(value: unknown, path: string): WalletEntry {
  const from = asObject(value, path);
  return {
    chain: readString(from, "chain", path),
    wallet_index: readWholeNumber(from, "wallet_index", path),
    address: readString(from, "address", path),
    read: readBoolean(from, "read", path),
    sign: readBoolean(from, "sign", path),
  };
}
