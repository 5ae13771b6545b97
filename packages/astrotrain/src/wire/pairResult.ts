import { type ScopeAccess, scopeAccesses } from "./scope.js";
import {
  asObject,
  type Json,
  readArray,
  readOneOf,
  readOptionalString,
  readSame,
  readString,
  readWholeNumber,
} from "./shape.js";

/** `GET /sp/pair/sessions/{session_id}/result`. */
export const pairResultPath = (sessionId: string): readonly string[] => [
  "sp",
  "pair",
  "sessions",
  sessionId,
  "result",
];

/** One wallet the user granted. */
export type PairBinding = {
  readonly chain: string;
  readonly wallet_index: number;
  readonly access: ScopeAccess;
  /** Not sent by every octane; `getEnabledWallets` always has it. */
  readonly address?: string;
};

/** The user approved. The pair stays pending until `validateSpKey`. */
export type PairCompleted = {
  readonly kind: "pair_completed";
  /** A UUID: keep it with your user's record. */
  readonly pair_id: string;
  readonly session_id: string;
  readonly sp_user_ref: string;
  readonly bindings: readonly PairBinding[];
  /** RFC 3339, UTC. */
  readonly completed_at: string;
};

export type PairRejected = {
  readonly kind: "pair_rejected";
  readonly reason: string;
  readonly completed_at: string;
};

export type PairExpired = { readonly kind: "pair_expired"; readonly completed_at: string };

/** The frame that ends a session; `undefined` for a kind that this version does not know, which ends nothing. */
export function decodePairResult(
  frame: Json,
  sessionId: string,
): PairCompleted | PairRejected | PairExpired | undefined {
  switch (frame.kind) {
    case "pair_completed":
      return {
        kind: "pair_completed",
        pair_id: readString(frame, "pair_id"),
        session_id: readSame(frame, "session_id", sessionId),
        sp_user_ref: readString(frame, "sp_user_ref"),
        bindings: readArray(frame, "bindings", "").map((binding, i) =>
          decodeBinding(binding, `bindings[${i}]`),
        ),
        completed_at: readString(frame, "completed_at"),
      };
    case "pair_rejected":
      // An empty reason is a reason: the user owes nobody an explanation.
      return {
        kind: "pair_rejected",
        reason: typeof frame.reason === "string" ? frame.reason : "",
        completed_at: readString(frame, "completed_at"),
      };
    case "pair_expired":
      return { kind: "pair_expired", completed_at: readString(frame, "completed_at") };
    default:
      return undefined;
  }
}

function decodeBinding(value: unknown, path: string): PairBinding {
  const from = asObject(value, path);
  const address = readOptionalString(from, "address", path);
  return {
    chain: readString(from, "chain", path),
    wallet_index: readWholeNumber(from, "wallet_index", path),
    access: readOneOf(from, "access", scopeAccesses, path),
    ...(address === undefined ? {} : { address }),
  };
}
