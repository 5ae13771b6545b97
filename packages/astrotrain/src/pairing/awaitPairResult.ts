import { PairError } from "../errors/PairError.js";
import { checkId, checkOptions } from "../internal/arguments.js";
import { waitForFrame } from "../transport/waitForFrame.js";
import { decodePairResult, type PairCompleted, pairResultPath } from "../wire/pairResult.js";
import { type PairingOptions, pairCall } from "./pairCall.js";

export type AwaitPairResultOptions = PairingOptions & {
  readonly sessionId: string;
};

/**
 * Waits until the user has approved, for as long as the session lives; a stream that is cut is taken up again.
 * The pair is pending afterwards: call {@link validateSpKey} next.
 *
 * @throws PairError of kind `rejected` or `expired` when the session ended so; `network` on abort, on time-out
 * (none by default) and when octane stays out of reach for about half a minute, longer where
 * it asks for longer pauses by Retry-After; `http`, `deserialise`, `malformed_sse_frame`.
 * @throws ConfigError when an argument is wrong; no request leaves.
 * @example
 * ```ts
 * const { pair_id } = await awaitPairResult({ octaneUrl, apiKey, sessionId: session.session_id });
 * ```
 */
export async function awaitPairResult(options: AwaitPairResultOptions): Promise<PairCompleted> {
  checkOptions(options);
  const sessionId = checkId("sessionId", options.sessionId);
  const result = await pairCall("awaitPairResult", options, undefined, (endpoint, attempt) =>
    waitForFrame(endpoint, pairResultPath(sessionId), attempt, (frame) => decodePairResult(frame, sessionId)),
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
  return result;
}
