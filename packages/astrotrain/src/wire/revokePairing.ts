import { asObject, readBoolean, readSame, readWholeNumber } from "./shape.js";

/** `DELETE /sp/pairings/{pair_id}`. */
export const revokePairingPath = (pairId: string): readonly string[] => ["sp", "pairings", pairId];

export type Revocation = {
  /** True for the call that revoked it, false when it was revoked already. */
  readonly revoked: boolean;
  readonly pair_id: string;
  /** Milliseconds since the epoch, of the first revocation. */
  readonly revoked_at_ms?: number;
};

export function decodeRevocation(answer: unknown, pairId: string): Revocation {
  const from = asObject(answer, "the body");
  return {
    revoked: readBoolean(from, "revoked"),
    pair_id: readSame(from, "pair_id", pairId),
    ...(from.revoked_at_ms == null ? {} : { revoked_at_ms: readWholeNumber(from, "revoked_at_ms") }),
  };
}
