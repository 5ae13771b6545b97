import type { Settings } from "../readConfig.js";
import type { SessionRecord } from "../store/SessionRecord.js";
import { ended } from "./ended.js";
import { state } from "./state.js";
import type { Waits } from "./Waits.js";

/**
 * Octane has no such call: the session is over here, so that its pair will not be validated and never signs. One that
 * is over already, or whose user has just approved, stays as it is.
 */
export async function cancel(settings: Settings, waits: Waits, record: SessionRecord): Promise<Response> {
  const { sessionId, userId } = record;
  await waits.kept(sessionId);
  const now = (await settings.sessions.find(sessionId, userId)) ?? record;
  if (now.outcome !== undefined) return state(now);
  const outcome = ended("cancelled");
  await settings.sessions.save({ ...now, outcome });
  waits.end(sessionId, outcome);
  return state({ ...now, outcome });
}
