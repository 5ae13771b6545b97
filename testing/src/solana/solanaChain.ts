/** A Solana chain of its own, for one test file. */
export type SolanaChain = {
  readonly kind: "solana-test-validator" | "litesvm";
  readonly rpcUrl: string;
  /** Give it to clients explicitly: web3.js would guess the port after that of `rpcUrl`. */
  readonly wsUrl: string;
  /** Ends the chain and resolves once nothing of it is left; further calls return the same promise. */
  readonly stop: () => Promise<void>;
};
