/** What a pair may do with a wallet: have signatures from it, or only see its address. */
export type ScopeAccess = "sign" | "read";

export const scopeAccesses: readonly ScopeAccess[] = ["sign", "read"];

/** One chain, by octane's name for it (such as `ethereum` or `solana`), and what is asked for on it. */
export type RequestedScope = { readonly chain: string; readonly access: ScopeAccess };
