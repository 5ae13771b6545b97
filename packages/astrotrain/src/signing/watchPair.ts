import { PairError } from "../errors/PairError.js";
import { isRedirectRefusal } from "../errors/redirectRefused.js";
import { awaitRevocation } from "../pairing/awaitRevocation.js";
import type { PairingOptions } from "../pairing/pairCall.js";
import { pause } from "../transport/deadline.js";
import type { PairRevoked } from "../wire/pairEvent.js";

/** A pair that is being watched. */
export type PairWatch = {
  /** Ends the watch, and with it the connection. */
  stop(): void;
};

export type WatchPairOptions = {
  readonly pairId: string;
  /** Called once, when `sign` already refuses this pair. */
  readonly onRevoked?: ((event: PairRevoked) => void) | undefined;
  /**
   * Called when octane is out of reach for half a minute, after which the watch goes on, or refuses it for good (401, 404
   * and the like), which ends it. `sign` still gets octane's own refusal meanwhile.
   */
  readonly onError?: ((error: unknown) => void) | undefined;
};

const restMs = 30_000;

/** Follows a pair until it is revoked, the watch is stopped, or octane refuses it for good. */
export async function watchPair(
  { pairId, onError }: WatchPairOptions,
  access: Omit<PairingOptions, "signal">,
  signal: AbortSignal,
): Promise<PairRevoked | undefined> {
  while (!signal.aborted) {
    try {
      return await awaitRevocation(pairId, { ...access, signal });
    } catch (error) {
      if (signal.aborted) return undefined;
      if (onError !== undefined) tell(() => onError(error));
      if (!mayPass(error)) return undefined;
      await pause(restMs, signal).catch(() => {});
    }
  }
  return undefined;
}

/** What a callback throws is its own affair: it is reported as uncaught, and the watch goes on. */
export const tell = (callback: () => void): void => queueMicrotask(callback);

function mayPass(error: unknown): boolean {
  if (!(error instanceof PairError)) return false;
  if (error.kind === "network") return !isRedirectRefusal(error.cause);
  return error.kind === "http" && (error.status === 429 || error.status >= 500);
}
