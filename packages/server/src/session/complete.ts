import {
  type EnabledWallets,
  getEnabledWallets,
  type PairCompleted,
  PairError,
  type PairingOptions,
  revokePairing,
  validateSpKey,
} from "@sigil/astrotrain/pairing";
import type { Settings } from "../readConfig.js";
import type { Outcome, SessionRecord } from "../store/SessionRecord.js";
import { decide } from "./decide.js";
import { ended, toTime } from "./ended.js";

/** Pages have no use for the pair's id, so they get the nil UUID (RFC 9562 section 5.9) in its place. */
const withheld = "00000000-0000-0000-0000-000000000000";

/**
 * Makes an approved pair active and hands it to the SP, unless its session has ended otherwise: then the pair is revoked.
 * What fails is tried again by the next wait.
 */
export async function complete(
  settings: Settings,
  record: SessionRecord,
  completed: PairCompleted,
): Promise<Outcome> {
  const { sessions } = settings;
  const pairId = completed.pair_id;
  const outcome = await decide(sessions, record, async () => {
    // Before it is active: if what follows fails, or this process ends, whoever cancels has to know what to revoke.
    await sessions.save({ ...record, pairId });
    return activate(settings, record, completed);
  });
  if (outcome.kind !== "pair_completed") await revoke(settings, pairId);
  return outcome;
}

async function activate(
  settings: Settings,
  { sessionId, userId, code }: SessionRecord,
  { pair_id: pairId, bindings, completed_at }: PairCompleted,
): Promise<Outcome> {
  const { octane, onPaired, completions } = settings;
  const activated = await completions.take(() => readWallets(octane, pairId, code));
  if ("kind" in activated) return activated;
  const { entries } = activated;
  const returned = await onPaired({ userId, pairId, sessionId, entries });
  // Else a function that ends with a call of the database would show the page a whole row.
  const paired = toJson((returned as { readonly toPage?: unknown } | null | undefined)?.toPage, settings);
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

/** The pair's wallets, which it shows once it is active; or how the session ended, where the code is wrong. */
async function readWallets(
  octane: PairingOptions,
  pairId: string,
  code: string,
): Promise<EnabledWallets | Outcome> {
  try {
    await validateSpKey({ ...octane, pairId, code });
  } catch (error) {
    const reason = refusedForGood(error);
    if (reason === undefined) throw error;
    return ended(reason);
  }
  return getEnabledWallets({ ...octane, pairId });
}

/** The code that the user typed stays wrong, however often it is tried. */
function refusedForGood(error: unknown): "wrong_validation_code" | "pair_revoked" | undefined {
  if (!(error instanceof PairError) || error.kind !== "http" || error.status !== 403) return undefined;
  return error.code === "wrong_validation_code" || error.code === "pair_revoked" ? error.code : undefined;
}

/** A pair that nobody will use, and that never became active. */
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
