import type { PairCompleted } from "@sigil/astrotrain/pairing";
import type { PairExpiry, PairFailure, PairRejection } from "./PairState.js";

/** What `createSession` gives: the answer of `POST /create-pair-session` of `@sigil/server`. */
export type CreatedSession = {
  readonly session_id: string;
  /** RFC 3339, UTC. */
  readonly expires_at: string;
  /** Six digits, which the user compares with the phone, or types there. Without it the phone app may refuse to approve. */
  readonly validation_code?: string | undefined;
};

/** What a pairing needs, and who is told of its end. */
export type JazzPairOptions = {
  /** Where the proxy of your server is mounted, such as `/api`. */
  readonly octaneUrl: string;
  /** Any word, such as `proxied-server-side`: the proxy does not pass it on. Never your API key, which this page's users could read. */
  readonly apiKey: string;
  /**
   * Opens a session on your server. Called once when the widget appears, and once for each new code. `signal` is aborted
   * when nobody waits for the session any more. Give the response as `fetch` does: where the server refused, `onError` has
   * its status and body. Or give the session that it holds.
   */
  readonly createSession: (context: { readonly signal: AbortSignal }) => Promise<CreatedSession | Response>;
  /** The owner approved. Your server has the pair's id from the proxy; behind `@sigil/server` `pair_id` here is the nil UUID. */
  readonly onComplete?: ((pair: PairCompleted) => void) | undefined;
  /**
   * The owner declined, or somebody cancelled. Behind `@sigil/server` `reason` is `user_rejected`, `wrong_validation_code`,
   * `pair_revoked` or `cancelled`.
   */
  readonly onReject?: ((error: PairRejection) => void) | undefined;
  /** Octane says that the session's time is up. */
  readonly onExpire?: ((error: PairExpiry) => void) | undefined;
  /** The session could not be opened, or waiting for its result failed. */
  readonly onError?: ((error: PairFailure) => void) | undefined;
};
