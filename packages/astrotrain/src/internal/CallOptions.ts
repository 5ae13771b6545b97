/** What every call takes besides its own arguments. */
export type CallOptions = {
  /** Used instead of the global `fetch`, for instance `emulator.fetch` in tests. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Ends the call: it rejects with kind `network` and the signal's reason as `cause`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call, body included. Each call documents its default. */
  readonly timeoutMs?: number | undefined;
};
