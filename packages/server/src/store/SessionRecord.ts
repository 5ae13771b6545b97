/** How a session ended, as its user's page gets it: an event of the protocol. */
export type Outcome =
  | {
      readonly kind: "pair_completed";
      readonly pair_id: string;
      readonly session_id: string;
      readonly sp_user_ref: string;
      readonly bindings: readonly object[];
      readonly completed_at: string;
      readonly paired?: unknown;
    }
  | { readonly kind: "pair_rejected"; readonly reason: string; readonly completed_at: string }
  | { readonly kind: "pair_expired"; readonly completed_at: string };

/** What is kept of a session. */
export type SessionRecord = {
  readonly sessionId: string;
  /** Who minted it, and so the only one to whom it exists. */
  readonly userId: string;
  /** The six digits. */
  readonly code: string;
  /** RFC 3339, as octane said. */
  readonly expiresAt: string;
  readonly outcome?: Outcome;
  /** The pair that its user approved, until there is an outcome. */
  readonly pairId?: string;
};

/** Which server is bringing a session's outcome about, and a number that goes up while it does. */
export type Claim = { readonly by: string; readonly beat: number };
