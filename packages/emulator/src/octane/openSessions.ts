import { rfc3339 } from "../clock/moment.js";
import type { Scope } from "../link/messages.js";
import type { OctaneState } from "./call.js";
import { pairUriOf } from "./pairUriOf.js";

/** A pairing session that has no answer yet, and whose time is not over. */
export type OpenSession = {
  readonly session_id: string;
  /** Id of the service provider that made it. */
  readonly sp_id: string;
  readonly sp_user_ref: string;
  readonly requested_scopes: readonly Scope[];
  /** RFC 3339. */
  readonly expires_at: string;
  /** What the user scans; without a validation code, which octane never gets to know. */
  readonly pair_uri: string;
};

/** Those of all service providers, newest first. */
export function openSessions({ sessions }: OctaneState): readonly OpenSession[] {
  return sessions.open().map(({ session_id, sp_id, sp_user_ref, requested_scopes, expires_at_ms }) => ({
    session_id,
    sp_id,
    sp_user_ref,
    requested_scopes: structuredClone(requested_scopes),
    expires_at: rfc3339(expires_at_ms),
    pair_uri: pairUriOf(session_id),
  }));
}
