import { type PairCompleted, PairError } from "@sigil/astrotrain/pairing";
import type { PairExpiry, PairRejection } from "../PairState.js";

/** How a session ended. */
export type Outcome = PairCompleted | PairRejection | PairExpiry;

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the one JSON object that tells how a session ended; `undefined` for a kind that this version does not know,
 * which ends nothing.
 *
 * @throws PairError of kind `deserialise`.
 */
export function readOutcome(text: string, sessionId: string): Outcome | undefined {
  const frame = parse(text);
  const { kind, reason, completed_at } = frame;
  switch (kind) {
    case "pair_completed":
      if (frame.session_id !== sessionId) throw wrong("the result of another session");
      if (typeof frame.pair_id !== "string" || !Array.isArray(frame.bindings))
        throw wrong("a result without pair_id or bindings");
      return frame as unknown as PairCompleted;
    case "pair_rejected":
      return new PairError("The pairing was rejected. See reason.", {
        kind: "rejected",
        reason: typeof reason === "string" ? reason : "",
        completed_at: String(completed_at),
      }) as PairRejection;
    case "pair_expired":
      return new PairError("The session expired before the owner approved it.", {
        kind: "expired",
        completed_at: String(completed_at),
      }) as PairExpiry;
    default:
      if (typeof kind !== "string") throw wrong("what has no kind");
      return undefined;
  }
}

function parse(text: string): Json {
  try {
    return Object(JSON.parse(text)) as Json;
  } catch {
    throw wrong("what is no JSON");
  }
}

function wrong(what: string): PairError {
  const cause = new TypeError(`the proxy sent ${what}`);
  return new PairError(`Waiting for the pairing failed: ${cause.message}.`, { kind: "deserialise", cause });
}
