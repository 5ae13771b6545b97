import { type Json, readSame, readWholeNumber } from "./shape.js";

/** `GET /sp/pairings/{pair_id}/events`. */
export const pairEventsPath = (pairId: string): readonly string[] => ["sp", "pairings", pairId, "events"];

export type PairRevoked = {
  readonly kind: "pair_revoked";
  readonly pair_id: string;
  /** Milliseconds since the epoch. */
  readonly revoked_at_ms: number;
};

/** An event of a kind that this version does not know, with all its fields, unchecked. */
export type UnknownPairEvent = { readonly kind: string; readonly [field: string]: unknown };

export type PairEvent = PairRevoked | UnknownPairEvent;

export function decodePairEvent(frame: Json, pairId: string): PairEvent {
  // The frame goes out as it came, but for a key that would pollute whatever it is copied into.
  if (frame.kind !== "pair_revoked") {
    return Object.fromEntries(
      Object.entries(frame).filter(([key]) => key !== "__proto__"),
    ) as UnknownPairEvent;
  }
  return {
    kind: "pair_revoked",
    pair_id: readSame(frame, "pair_id", pairId),
    revoked_at_ms: readWholeNumber(frame, "revoked_at_ms"),
  };
}
