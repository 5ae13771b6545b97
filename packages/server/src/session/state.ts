import { answer } from "../answer.js";
import type { SessionRecord } from "../store/SessionRecord.js";

/** Where a session stands, as far as this server knows: only a wait learns of an end. */
export function state({ sessionId, expiresAt, outcome }: SessionRecord): Response {
  const how = outcome === undefined ? "waiting" : outcome.kind.slice("pair_".length);
  return answer(200, { session_id: sessionId, state: how, expires_at: expiresAt });
}
