import { rfc3339 } from "../clock/moment.js";
import type { OctaneEnd, SessionLookup, SessionOver, SessionVerdict } from "../link/messages.js";
import { identityOf, type OctaneState } from "./call.js";
import { revoke, tellRevoked } from "./revoke.js";
import type { Session, SessionFrame } from "./stores/sessions.js";

/** What octane answers to one appliance. */
export function createOctaneEnd(octane: OctaneState, appliance_id: string): OctaneEnd {
  return {
    announce: async (wallets) => {
      octane.directory.announce(appliance_id, wallets);
      await tellRevoked(octane, appliance_id);
    },
    session: async (sessionId) => lookup(octane, sessionId, appliance_id),
    complete: ({ session_id, pair_id, bindings }) =>
      finish(octane, session_id, (session, completed_at) => {
        const { sp_id, sp_user_ref } = session;
        octane.pairings.add({ pair_id, sp_id, appliance_id, sp_user_ref, bindings, state: "pending" });
        return { kind: "pair_completed", pair_id, session_id, sp_user_ref, bindings, completed_at };
      }),
    reject: (sessionId, reason) =>
      finish(octane, sessionId, (_, completed_at) => ({ kind: "pair_rejected", reason, completed_at })),
    revoke: async (pairId) => {
      // An appliance ends its own pairings, nobody else's.
      if (octane.pairings.get(pairId)?.appliance_id !== appliance_id) return;
      await revoke(octane, pairId);
      await octane.journal.safe();
    },
  };
}

function lookup(octane: OctaneState, sessionId: string, appliance_id: string): SessionLookup {
  octane.sessions.sweep();
  const session = openSession(octane, sessionId);
  if ("kind" in session) return session;
  const sp = octane.sps.get(session.sp_id);
  if (sp === undefined) return { kind: "unknown" };
  const { session_id } = session;
  octane.emit("session_scanned", { session_id, sp_id: sp.id, appliance_id });
  const offer = {
    session_id,
    sp: identityOf(sp),
    sp_user_ref: session.sp_user_ref,
    requested_scopes: session.requested_scopes,
    expires_at: rfc3339(session.expires_at_ms),
    ...(session.return_url === undefined ? {} : { return_url: session.return_url }),
  };
  return { kind: "open", offer };
}

async function finish(
  octane: OctaneState,
  sessionId: string,
  frame: (session: Session, completedAt: string) => SessionFrame,
): Promise<SessionVerdict> {
  const session = openSession(octane, sessionId);
  if ("kind" in session) return session;
  // Its provider may have been removed since it was scanned.
  if (octane.sps.get(session.sp_id) === undefined) return { kind: "unknown" };
  octane.sessions.finish(sessionId, frame(session, rfc3339(octane.clock.now())));
  await octane.journal.safe();
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
