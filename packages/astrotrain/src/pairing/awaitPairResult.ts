import { PairError } from "../errors/PairError.js";
import { ShapeError } from "../errors/ShapeError.js";
import { checkId } from "../internal/arguments.js";
import { waitForFrame } from "../transport/waitForFrame.js";
import { decodePairResult, type PairCompleted, pairResultPath } from "../wire/pairResult.js";
import { noTimeout, type PairingOptions, pairCall } from "./pairCall.js";

export type AwaitPairResultOptions = PairingOptions & {
  readonly sessionId: string;
};

/**
 * Waits until the user has approved, for as long as the session lives; a stream that is cut is taken up again.
 * The pair is pending afterwards: call {@link validateSpKey} next.
 *
 * @throws PairError of kind `rejected` or `expired` when the session ended so; `network` on abort, on time-out
 * (none by default) and when octane stays out of reach for about half a minute; `http`, `deserialise`, `malformed_sse_frame`.
 * @throws ConfigError when an argument is wrong; no request leaves.
 * @example
 * ```ts
 * const { pair_id } = await awaitPairResult({ octaneUrl, apiKey, sessionId: session.session_id });
 * ```
 */
export async function awaitPairResult(options: AwaitPairResultOptions): Promise<PairCompleted> {
  const sessionId = checkId("sessionId", options.sessionId);
  const result = await pairCall("awaitPairResult", options, noTimeout, (endpoint, attempt) =>
    waitForFrame(endpoint, pairResultPath(sessionId), attempt, decodePairResult),
  );
  if (result.kind === "pair_rejected") {
    const { reason, completed_at } = result;
    throw new PairError("The user rejected the pairing. See reason.", {
      kind: "rejected",
      reason,
      completed_at,
    });
  }
  if (result.kind === "pair_expired") {
    const { completed_at } = result;
    throw new PairError("The session expired before the user approved it: create a new one.", {
      kind: "expired",
      completed_at,
    });
  }
  if (result.session_id !== sessionId) {
    const cause = new ShapeError("session_id", "the session that was asked for");
    throw new PairError(`awaitPairResult failed: ${cause.message}.`, { kind: "deserialise", cause });
  }
  return result;
}
