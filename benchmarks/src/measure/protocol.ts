import type { Profile } from "./profile.js";

/** What a row's process is asked for. */
export type RowCall =
  | { readonly kind: "verify" }
  | { readonly kind: "first" }
  | { readonly kind: "run"; readonly concurrency: number; readonly ms: number; readonly most?: number }
  | { readonly kind: "profile"; readonly concurrency: number; readonly ms: number }
  | { readonly kind: "allocate"; readonly signatures: number };

export type RowReply = {
  readonly sample?: Sample;
  readonly profile?: Profile;
  readonly bytes?: number;
  readonly ms?: number;
};

/** One round of one row. */
export type Sample = {
  readonly signatures: number;
  /** Those, and the ones before the timer started. */
  readonly asked: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Processor time for each signature, of all threads. */
  readonly cpuMicros: number;
  /** By how much the event loop was late, in milliseconds. */
  readonly loopP99: number;
};
