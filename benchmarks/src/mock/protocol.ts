import type { Wire } from "./answers.js";

/** What a row has sent so far. Bytes are those of headers and bodies together. */
export type Counters = {
  readonly requests: number;
  readonly bytes: number;
  /** Connections that were used since it was last asked. */
  readonly connections: number;
};

export type MockCall =
  | { readonly kind: "open"; readonly wire: Wire; readonly keepAliveMs: number }
  | { readonly kind: "delay"; readonly ms: number }
  | { readonly kind: "counters"; readonly port: number };

export type MockRequest = MockCall & { readonly id: number };

export type MockReply = { readonly port?: number; readonly counters?: Counters };
