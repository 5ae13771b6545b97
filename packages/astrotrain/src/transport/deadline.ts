import { ConfigError } from "../errors/ConfigError.js";
import { ShapeError } from "../errors/ShapeError.js";
import { SignError } from "../errors/SignError.js";
import { TransportError } from "../errors/TransportError.js";
import { onAbort } from "./onAbort.js";
import type { Scope } from "./Scope.js";

/** How long a call may take, and who may end it earlier. */
export type Limits = {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  /** Whoever may end all calls of one owner. */
  readonly scope?: Scope | undefined;
};

/** One call under way. */
export type Attempt = {
  /** Aborted by the caller's signal or the time-out, with the reason that the caller is to see. */
  readonly signal: AbortSignal;
  /** Set as soon as a byte of the request may have left; taken back where octane is known not to have acted on it. */
  sent: boolean;
  /** How long it may still take; `Infinity` where nobody set a limit. */
  remainingMs(): number;
};

const longestTimer = 2 ** 31 - 1;

/** @throws ConfigError for `signal` or `timeoutMs`. */
export function checkLimits({ signal, timeoutMs }: Limits): void {
  if (
    signal !== undefined &&
    !(
      typeof signal?.addEventListener === "function" &&
      typeof signal.removeEventListener === "function" &&
      typeof signal.aborted === "boolean"
    )
  ) {
    throw new ConfigError("signal", "must be an AbortSignal.");
  }
  if (
    timeoutMs !== undefined &&
    !(typeof timeoutMs === "number" && timeoutMs > 0 && timeoutMs <= longestTimer)
  ) {
    throw new ConfigError("timeoutMs", `must be a number of milliseconds from 1 to ${longestTimer}.`);
  }
}

/**
 * Runs `run` until it settles, the caller aborts, or the time is up, whichever comes first, and leaves no timer
 * and no listener behind. It is over at once even where `run` doesn't heed its signal; what comes later is dropped.
 *
 * `AbortSignal.any` would do with less code, but leaks on a signal that lives longer than the call.
 *
 * @throws TransportError of kind `network`, with the abort's reason as cause; our errors as `run` throws them, and
 * anything else as a `network` failure's cause.
 */
export async function withDeadline<T>(limits: Limits, run: (attempt: Attempt) => Promise<T>): Promise<T> {
  const { signal, timeoutMs, scope } = limits;
  if (signal?.aborted) throw new TransportError({ kind: "network", cause: signal.reason, sent: false });
  const controller = new AbortController();
  const attempt = toAttempt(controller.signal, timeoutMs);
  let end!: (reason: unknown) => void;
  // Not by a listener on the attempt's own signal: it would cost each call a tenth of what the request does.
  const ended = new Promise<never>((_, reject) => {
    end = (reason) => {
      controller.abort(reason);
      reject(new TransportError({ kind: "network", cause: controller.signal.reason, sent: attempt.sent }));
    };
  });
  const stopListening = signal && onAbort(signal, () => end(signal.reason));
  const leave = scope?.join(end);
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => end(timedOut(timeoutMs)), timeoutMs);
  try {
    return await Promise.race([ended, settle(attempt, run)]);
  } finally {
    clearTimeout(timer);
    leave?.();
    stopListening?.();
  }
}

/** The reason of an end by the clock. */
export const timedOut = (ms: number): DOMException =>
  new DOMException(`No answer within ${ms} ms.`, "TimeoutError");

function toAttempt(signal: AbortSignal, timeoutMs = Number.POSITIVE_INFINITY): Attempt {
  const endsAt = performance.now() + timeoutMs;
  return { signal, sent: false, remainingMs: () => endsAt - performance.now() };
}

const ours = [TransportError, ShapeError, SignError, ConfigError];

/** `run`, with whatever it throws that is none of our errors (a foreign `fetch`, a foreign body) as a network failure. */
async function settle<T>(attempt: Attempt, run: (attempt: Attempt) => Promise<T>): Promise<T> {
  try {
    return await run(attempt);
  } catch (error) {
    if (ours.some((each) => error instanceof each)) throw error;
    const foreign = error !== attempt.signal.reason;
    throw new TransportError({ kind: "network", cause: error, sent: attempt.sent, foreign });
  }
}

/** Resolves after `ms`, or rejects at once with the signal's reason. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
