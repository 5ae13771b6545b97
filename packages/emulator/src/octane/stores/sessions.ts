import { rfc3339 } from "../../clock/moment.js";
import { every } from "../../internal/timer.js";
import type { Journal } from "../../journal/Journal.js";
import { noJournal } from "../../journal/noJournal.js";
import { openRows } from "../../journal/rows.js";
import type { Binding, Scope } from "../../link/messages.js";
import { createWatchers } from "./watchers.js";

/** How a session ended, which is also the frame that says so (protocol page, section Frames). */
export type SessionFrame =
  | {
      readonly kind: "pair_completed";
      readonly pair_id: string;
      readonly session_id: string;
      readonly sp_user_ref: string;
      readonly bindings: readonly Binding[];
      readonly completed_at: string;
    }
  | { readonly kind: "pair_rejected"; readonly reason: string; readonly completed_at: string }
  | { readonly kind: "pair_expired"; readonly completed_at: string };

/** A pairing session. It has a frame once it is over. */
export type Session = {
  readonly session_id: string;
  readonly sp_id: string;
  readonly sp_user_ref: string;
  readonly requested_scopes: readonly Scope[];
  readonly expires_at_ms: number;
  readonly return_url?: string;
  readonly frame?: SessionFrame;
};

/** The pairing sessions of one octane. */
export type Sessions = {
  /** Says when the first live session of the provider expires, in ms, where it already has as many as it may. */
  fullUntil(spId: string): number | undefined;
  add(session: Session): void;
  /** The session as it stands at this moment: one whose time has come is found expired. */
  find(sessionId: string): Session | undefined;
  /** Those that have no answer yet and whose time is not over, the newest first. */
  open(): readonly Session[];
  finish(sessionId: string, frame: SessionFrame): void;
  /** Wakes the caller when the session is over, also by its expiry. */
  watch(sessionId: string, wake: () => void): () => void;
  /** Looks whether the time of a session somebody waits for has come. Called on every request. */
  sweep(): void;
  /** Ends the live ones as expired, then forgets all of them. */
  clear(): void;
};

/** How many sessions one provider may have open, and how many ended ones are kept for whoever asks again. */
export type SessionLimits = { readonly live: number; readonly ended: number };

/** Far beyond what tests and benchmarks need: the bound keeps a runaway loop from filling the memory. */
const defaultSessionLimits: SessionLimits = { live: 10_000, ended: 10_000 };

/** A clock that is not the real one moves without a timer, so a wait looks at it this often. */
const lookMs = 250;

/** What a store of sessions may be given beside the time. */
type SessionDeps = {
  readonly limits?: SessionLimits | undefined;
  readonly journal?: Journal;
  /** Is told of each session that has just ended. */
  readonly finished?: (session: Session) => void;
};

/** Makes a store, filled with what was there. */
export function createSessions(now: () => number, deps: SessionDeps = {}): Sessions {
  const { limits = defaultSessionLimits, journal = noJournal, finished = () => {} } = deps;
  const rows = openRows<Session>(journal, "sessions", ["requested_scopes", "frame"]);
  const sessions = new Map<string, Session>();
  const live = new Map<string, Set<string>>();
  const ended = new Set<string>();
  const watchers = createWatchers();

  const forgetOldest = (): void => {
    const [oldest] = ended;
    if (oldest === undefined || ended.size <= limits.ended) return;
    ended.delete(oldest);
    sessions.delete(oldest);
    rows.remove(oldest);
  };

  const index = (session: Session): void => {
    sessions.set(session.session_id, session);
    if (session.frame !== undefined) ended.add(session.session_id);
    else live.set(session.sp_id, (live.get(session.sp_id) ?? new Set()).add(session.session_id));
  };
  for (const [, session] of rows.all()) index(session);

  const finish = (sessionId: string, frame: SessionFrame): void => {
    const session = sessions.get(sessionId);
    if (session === undefined || session.frame !== undefined) return;
    const over = { ...session, frame };
    sessions.set(sessionId, over);
    rows.put(sessionId, over);
    live.get(session.sp_id)?.delete(sessionId);
    ended.add(sessionId);
    forgetOldest();
    watchers.notify(sessionId);
    finished(over);
  };

  const find = (sessionId: string): Session | undefined => {
    const session = sessions.get(sessionId);
    if (session === undefined || session.frame !== undefined || now() < session.expires_at_ms) return session;
    finish(sessionId, { kind: "pair_expired", completed_at: rfc3339(session.expires_at_ms) });
    return sessions.get(sessionId);
  };

  return {
    find,
    finish,
    open: () =>
      [...sessions.keys()]
        .map(find)
        .filter((session) => session !== undefined)
        .filter(({ frame }) => frame === undefined)
        .reverse(),
    fullUntil: (spId) => {
      const ids = [...(live.get(spId) ?? [])];
      if (ids.length < limits.live) return undefined;
      const open = ids.map(find).filter((session) => session !== undefined && session.frame === undefined);
      if (open.length < limits.live) return undefined;
      return Math.min(...open.map((session) => session?.expires_at_ms ?? Number.POSITIVE_INFINITY));
    },
    add: (session) => {
      index(session);
      rows.put(session.session_id, session);
    },
    watch: (sessionId, wake) => {
      const stopWatching = watchers.watch(sessionId, wake);
      const stopLooking = every(lookMs, () => find(sessionId));
      return () => {
        stopLooking();
        stopWatching();
      };
    },
    sweep: () => {
      for (const id of watchers.ids()) find(id);
    },
    clear: () => {
      for (const { session_id, frame } of [...sessions.values()]) {
        if (frame === undefined) finish(session_id, { kind: "pair_expired", completed_at: rfc3339(now()) });
      }
      for (const id of sessions.keys()) rows.remove(id);
      for (const each of [sessions, live, ended]) each.clear();
    },
  };
}
