import type { Outcome, SessionRecord } from "../store/SessionRecord.js";
import type { Sessions } from "../store/sessions.js";
import { claim } from "./claim.js";

/**
 * Gives the session's outcome. Where there is none yet, `bringAbout` makes it, for one caller at a time, on this server or
 * another: the others get what it made, or, if it failed, their own turn. So a session has one outcome, told to all alike.
 */
export function decide(
  sessions: Sessions,
  record: SessionRecord,
  bringAbout: (now: SessionRecord | undefined) => Promise<Outcome>,
): Promise<Outcome> {
  const { sessionId, userId } = record;
  const read = (): Promise<SessionRecord | undefined> => sessions.find(sessionId, userId);
  return sessions.turns.take(sessionId, async () => {
    const release = await claim(sessions, sessionId, async () => (await read())?.outcome !== undefined);
    try {
      const now = await read();
      if (now?.outcome !== undefined) return now.outcome;
      const outcome = await bringAbout(now);
      await sessions.save({ ...(now ?? record), outcome });
      return outcome;
    } finally {
      await release();
    }
  });
}
