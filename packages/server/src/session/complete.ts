import {
  getEnabledWallets,
  type PairCompleted,
  PairError,
  revokePairing,
  validateSpKey,
} from "@sigil/astrotrain/pairing";
import type { Settings } from "../readConfig.js";
import type { Outcome, SessionRecord } from "../store/SessionRecord.js";
import { claim } from "./claim.js";
import { ended, toTime } from "./ended.js";

/** Pages have no use for the pair's id, so they get the nil UUID (RFC 9562 section 5.9) in its place. */
const withheld = "00000000-0000-0000-0000-000000000000";

/**
 * Makes an approved pair active and hands it to the SP. Of several servers that get here for one session, the one that
 * holds the claim does it, and the others tell what it found. What fails gives the claim back, so that the next wait
 * tries again.
 */
export async function complete(
  settings: Settings,
  record: SessionRecord,
  completed: PairCompleted,
): Promise<Outcome> {
  const claimed = await claim(settings.sessions, record);
  if (claimed.outcome !== undefined) {
    if (claimed.outcome.kind === "pair_rejected") await revoke(settings, completed.pair_id);
    return claimed.outcome;
  }
  try {
    const outcome = await activate(settings, record, completed);
    await settings.sessions.save({ ...record, outcome });
    return outcome;
  } catch (error) {
    await settings.sessions.save(record);
    throw error;
  }
}

async function activate(
  settings: Settings,
  { sessionId, userId, code }: SessionRecord,
  { pair_id: pairId, bindings, completed_at }: PairCompleted,
): Promise<Outcome> {
  const { octane, onPaired } = settings;
  try {
    await validateSpKey({ ...octane, pairId, code });
  } catch (error) {
    const reason = refusedForGood(error);
    if (reason === undefined) throw error;
    await revoke(settings, pairId);
    return ended(reason);
  }
  const { entries } = await getEnabledWallets({ ...octane, pairId });
  const paired = toJson(await onPaired({ userId, pairId, sessionId, entries }), settings);
  return {
    kind: "pair_completed",
    pair_id: withheld,
    session_id: sessionId,
    sp_user_ref: userId,
    bindings,
    completed_at: toTime(completed_at),
    ...(paired === undefined ? {} : { paired }),
  };
}

/** The code that the user typed stays wrong, however often it is tried. */
function refusedForGood(error: unknown): "wrong_validation_code" | "pair_revoked" | undefined {
  if (!(error instanceof PairError) || error.kind !== "http" || error.status !== 403) return undefined;
  return error.code === "wrong_validation_code" || error.code === "pair_revoked" ? error.code : undefined;
}

/** A pair that nobody will use. Pending, it signs nothing even if this fails. */
async function revoke({ octane, report }: Settings, pairId: string): Promise<void> {
  await revokePairing({ ...octane, pairId }).catch(report);
}

/** The pairing is kept by then, so what cannot be shown to the page is only left out. */
function toJson(value: unknown, { report }: Settings): unknown {
  try {
    const text = JSON.stringify(value) as string | undefined;
    return text === undefined ? undefined : JSON.parse(text);
  } catch (error) {
    report(error);
    return undefined;
  }
}
