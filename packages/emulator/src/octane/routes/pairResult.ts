import type { Frame, StreamAnswer } from "../answer.js";
import type { Call } from "../call.js";
import { Refusal } from "../refusal.js";
import { frameStream } from "../sse.js";

/** `GET /sp/pair/sessions/{session_id}/result` (protocol page, awaitPairResult): one terminal frame, to all who ask. */
export async function pairResult(call: Call): Promise<StreamAnswer> {
  const { octane, sp, signal, requestId } = call;
  const sessionId = call.params.session_id ?? "";
  if (octane.sessions.find(sessionId)?.sp_id !== sp.id) {
    throw new Refusal("not_found", "This service provider has no such pairing session: check session_id.");
  }
  const frame = (): Frame | undefined => octane.sessions.find(sessionId)?.frame;
  const stream = frameStream({
    frame,
    watch: (wake) => octane.sessions.watch(sessionId, wake),
    signal,
    safe: octane.journal.safe,
  });
  return { stream, frame, requestId };
}
