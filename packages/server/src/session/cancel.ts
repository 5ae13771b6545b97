import { revokePairing } from "@sigil/astrotrain/pairing";
import type { Settings } from "../readConfig.js";
import type { SessionRecord } from "../store/SessionRecord.js";
import { decide } from "./decide.js";
import { ended } from "./ended.js";
import { state } from "./state.js";
import type { Waits } from "./Waits.js";

/**
 * Octane has no such call: the session is over here, so that its pair will not be validated and never signs. One that
 * is over already, or is being completed, stays as it is.
 *
 * @throws PairError where a pair is left to be revoked and that failed: the session goes on, so that asking again does it.
 */
export async function cancel(settings: Settings, waits: Waits, record: SessionRecord): Promise<Response> {
  const outcome = await decide(settings.sessions, record, async (now) => {
    // Perhaps validated, but not handed over: an active pair that nobody would know of.
    if (now?.pairId !== undefined) await revokePairing({ ...settings.octane, pairId: now.pairId });
    return ended("cancelled");
  });
  waits.end(record.sessionId, outcome);
  return state({ ...record, outcome });
}
