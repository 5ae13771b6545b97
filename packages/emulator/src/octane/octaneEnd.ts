import { toBase64Url } from "../encoding/base64url.js";
import type { OctaneEnd, SessionLookup, SessionOver, SessionVerdict } from "../link/messages.js";
import type { OctaneState } from "./call.js";
import { revoke } from "./revoke.js";
import type { Session, SessionFrame } from "./stores/sessions.js";
import { rfc3339 } from "./time.js";

/** What octane answers to the appliance. */
export function createOctaneEnd(octane: OctaneState): OctaneEnd {
  return {
    announce: async (wallets) => octane.directory.announce(wallets),
    session: async (sessionId) => lookup(octane, sessionId),
    complete: async ({ session_id, pair_id, bindings }) =>
      finish(octane, session_id, (session, completed_at) => {
        const { sp_id, sp_user_ref } = session;
        octane.pairings.add({ pair_id, sp_id, sp_user_ref, bindings, state: "pending" });
        return { kind: "pair_completed", pair_id, session_id, sp_user_ref, bindings, completed_at };
      }),
    reject: async (sessionId, reason) =>
      finish(octane, sessionId, (_, completed_at) => ({ kind: "pair_rejected", reason, completed_at })),
    revoke: async (pairId) => void (await revoke(octane, pairId)),
  };
}

function lookup(octane: OctaneState, sessionId: string): SessionLookup {
  octane.sessions.sweep();
  const session = openSession(octane, sessionId);
  if ("kind" in session) return session;
  const sp = octane.sps.get(session.sp_id);
  if (sp === undefined) return { kind: "unknown" };
  const offer = {
    session_id: session.session_id,
    sp: { name: sp.name, public_key: toBase64Url(sp.publicKey) },
    sp_user_ref: session.sp_user_ref,
    requested_scopes: session.requested_scopes,
    expires_at: rfc3339(session.expires_at_ms),
    ...(session.return_url === undefined ? {} : { return_url: session.return_url }),
  };
  return { kind: "open", offer };
}

function finish(
  octane: OctaneState,
  sessionId: string,
  frame: (session: Session, completedAt: string) => SessionFrame,
): SessionVerdict {
  const session = openSession(octane, sessionId);
  if ("kind" in session) return session;
  octane.sessions.finish(sessionId, frame(session, rfc3339(octane.now())));
  return { kind: "done" };
}

/** The session, where it can still be answered. */
function openSession(octane: OctaneState, sessionId: string): Session | SessionOver {
  const session = octane.sessions.find(sessionId);
  if (session === undefined) return { kind: "unknown" };
  if (session.frame === undefined) return session;
  const how = { pair_completed: "completed", pair_rejected: "rejected", pair_expired: "expired" } as const;
  return { kind: "over", how: how[session.frame.kind] };
}
