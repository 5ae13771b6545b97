import type { Outcome } from "../store/SessionRecord.js";

/** A session that ended without a pairing, by a word of ours: the user's own reason, like all text of octane's, stays here. */
export const ended = (
  reason: "cancelled" | "user_rejected" | "wrong_validation_code" | "pair_revoked",
  completedAt?: string,
): Extract<Outcome, { kind: "pair_rejected" }> => ({
  kind: "pair_rejected",
  reason,
  completed_at: toTime(completedAt),
});

/** Octane's time in our own spelling; now, where it is none. */
export function toTime(text?: string): string {
  const time = new Date(text ?? Date.now());
  return (Number.isNaN(time.getTime()) ? new Date() : time).toISOString();
}
