import { awaitPairResult, type PairCompleted, PairError } from "@sigil/astrotrain/pairing";
import { eventStream } from "../eventStream.js";
import type { Settings } from "../readConfig.js";
import type { Outcome, SessionRecord } from "../store/SessionRecord.js";
import { complete } from "./complete.js";
import { decide } from "./decide.js";
import { ended, toTime } from "./ended.js";
import type { Waits } from "./Waits.js";

/** Waits for the session's outcome, once for all who ask, and tells it as often as it is asked for. */
export function result(settings: Settings, waits: Waits, record: SessionRecord, gone: AbortSignal): Response {
  const { sessionId, userId, outcome: known } = record;
  if (known !== undefined) return eventStream(Promise.resolve(known), () => {});
  const { outcome, leave } = waits.join(sessionId, async (signal, keep) => {
    try {
      const over = (await settings.sessions.find(sessionId, userId))?.outcome;
      return over ?? (await ask(settings, record, signal, keep));
    } catch (error) {
      if (!signal.aborted) settings.report(error);
      return undefined;
    }
  });
  if (gone.aborted) leave();
  // Some servers cancel the answer when its reader has gone, others abort the request.
  else gone.addEventListener("abort", leave, { once: true });
  void outcome.then(() => gone.removeEventListener("abort", leave));
  return eventStream(outcome, leave);
}

async function ask(
  settings: Settings,
  record: SessionRecord,
  signal: AbortSignal,
  keep: () => void,
): Promise<Outcome | undefined> {
  const answered = await octaneSays(settings, record.sessionId, signal);
  // Cancelled or left in the very moment: nothing has been done yet.
  if (signal.aborted) return undefined;
  keep();
  if (answered.kind === "pair_completed") return complete(settings, record, answered);
  return decide(settings.sessions, record, async () => answered);
}

async function octaneSays(
  { octane }: Settings,
  sessionId: string,
  signal: AbortSignal,
): Promise<PairCompleted | Exclude<Outcome, { kind: "pair_completed" }>> {
  try {
    return await awaitPairResult({ ...octane, sessionId, signal });
  } catch (error) {
    if (!(error instanceof PairError)) throw error;
    if (error.kind === "rejected") return ended("user_rejected", error.completed_at);
    if (error.kind === "expired") return { kind: "pair_expired", completed_at: toTime(error.completed_at) };
    throw error;
  }
}
