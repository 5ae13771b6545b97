import { PairError } from "../errors/PairError.js";
import { redact } from "../errors/redact.js";
import { apiKeySecret } from "../errors/Secret.js";
import { checkId, checkOptions } from "../internal/arguments.js";
import { waitForFrame } from "../transport/waitForFrame.js";
import {
  decodePairResult,
  type PairCompleted,
  type PairExpired,
  type PairRejected,
  pairResultPath,
} from "../wire/pairResult.js";
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
  const { result, apiKey } = await pairCall(
    "awaitPairResult",
    options,
    undefined,
    async (endpoint, attempt) => ({
      result: await waitForFrame(endpoint, pairResultPath(sessionId), attempt, (frame) =>
        decodePairResult(frame, sessionId),
      ),
      apiKey: endpoint.apiKey,
    }),
  );
  if (result.kind === "pair_completed") return result;
  throw toPairError(result, apiKey);
}

/** Octane's text goes into an error, where no key may show. */
function toPairError(result: PairRejected | PairExpired, apiKey: string): PairError {
  const clean = (text: string): string => redact(text, [apiKeySecret(apiKey)]);
  const completed_at = clean(result.completed_at);
  if (result.kind === "pair_expired")
    return new PairError("The session expired before the user approved it: create a new one.", {
      kind: "expired",
      completed_at,
    });
  const reason = clean(result.reason);
  return new PairError("The user rejected the pairing. See reason.", {
    kind: "rejected",
    reason,
    completed_at,
  });
}
