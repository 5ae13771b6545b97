import { isBlockedPort } from "../errors/blockedPort.js";
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
   * Called when octane is out of reach for half a minute or answers what makes no sense, after which the watch goes on, and
   * when octane refuses it for good (401, 403, 404, 410, a redirect), which ends it: `over` then says so. `sign` still gets octane's
   * own refusal meanwhile.
   */
  readonly onError?: ((error: unknown, watch: { readonly over: boolean }) => void) | undefined;
};

const restMs = 30_000;

/** Follows a pair until it is revoked, the watch is stopped, or octane refuses it for good. */
export async function watchPair(
  { pairId, onError }: Pick<WatchPairOptions, "pairId" | "onError">,
  access: Omit<PairingOptions, "signal">,
  signal: AbortSignal,
): Promise<PairRevoked | undefined> {
  while (!signal.aborted) {
    try {
      return await awaitRevocation(pairId, { ...access, signal });
    } catch (error) {
      if (signal.aborted) return undefined;
      const over = isFinal(error);
      if (onError !== undefined) tell(() => onError(error, { over }));
      if (over) return undefined;
      await pause(restMs, signal).catch(() => {});
    }
  }
  return undefined;
}

/** What a callback throws is its own affair: it is reported as uncaught, and the watch goes on. */
export const tell = (callback: () => void): void => queueMicrotask(callback);

/** Octane's own refusals, and an address that is not octane's. A proxy's error page, or a broken frame, passes. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof PairError)) return true;
  if (error.kind === "network") return isRedirectRefusal(error.cause) || isBlockedPort(error.cause);
  return error.kind === "http" && final.has(error.status);
}

const final: ReadonlySet<number> = new Set([401, 403, 404, 410]);
