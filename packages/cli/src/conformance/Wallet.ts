/** A wallet that can be signed with. */
export type Wallet = { readonly address: string; readonly chain: string };

/** A wallet with what its pairing may do there. */
export type ListedWallet = Wallet & { readonly sign: boolean; readonly read: boolean };
