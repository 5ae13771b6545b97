import type { SessionRecord } from "../store/SessionRecord.js";
import type { Sessions } from "../store/sessions.js";

/** A server that dies with a claim holds the others up no longer than this. */
const claimMs = 60_000;
/** Stores cannot compare and set. Whoever read before this claim was written has written its own by then, and the last one wins. */
const settleMs = 250;

/**
 * Takes a session for this call, and gives its record, or waits until whoever has taken it is done. A store without an
 * atomic operation cannot rule out two holders: a server that stands still for `settleMs` between reading and writing can
 * be the second.
 */
export async function claim(sessions: Sessions, record: SessionRecord): Promise<SessionRecord> {
  const by = crypto.randomUUID();
  const read = async (): Promise<SessionRecord> =>
    (await sessions.find(record.sessionId, record.userId)) ?? record;
  for (;;) {
    const found = await read();
    if (found.outcome !== undefined || found.claim?.by === by) return found;
    const taken = found.claim !== undefined && found.claim.until > Date.now();
    if (!taken) await sessions.save({ ...found, claim: { by, until: Date.now() + claimMs } });
    // Within one process there is one wait for a session, and so nobody to lose to.
    if (taken || sessions.shared) await pause(settleMs);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
