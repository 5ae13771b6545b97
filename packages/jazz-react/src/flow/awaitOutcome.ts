import { PairError } from "@sigil/astrotrain/pairing";
import { askForOutcome, type Question } from "./askForOutcome.js";
import { toFailure } from "./proxyFailure.js";
import type { Outcome } from "./readOutcome.js";

/** Failures in a row before the wait gives up: with the pauses, about half a minute. */
const mostFailures = 8;
const what = "Waiting for the pairing";
const longestPauseMs = 5_000;
const shortestPauseMs = 250;

/** What lasted longer was cut on the way, not turned away. */
const atOnceMs = 1_000;

/**
 * Waits for a session's outcome, and takes up again what is cut: an answer that ends without one, no connection, 429 and
 * 5xx. The proxy tells an outcome as often as it is asked for, so nothing is lost in between. Calls `onAnswer` whenever it
 * answers for the session.
 *
 * `awaitPairResult` of astrotrain does the same wherever there is an API key to keep out of errors. No page has one, and
 * that takes more bytes than this whole widget may have.
 *
 * @throws PairError of kind `network`, `http` or `deserialise`; anything once the signal is aborted.
 */
export async function awaitOutcome(
  question: Question,
  signal: AbortSignal,
  onAnswer: () => void = () => {},
): Promise<Outcome> {
  let failures = 0;
  for (let round = 0; ; round += 1) {
    const startedAt = performance.now();
    let answeredAt = Number.POSITIVE_INFINITY;
    let failure: unknown;
    try {
      const outcome = await askForOutcome(question, signal, () => {
        answeredAt = performance.now();
        onAnswer();
      });
      if (outcome === undefined) failure = endedEmpty();
      else if (outcome !== "not yet") return outcome;
    } catch (error) {
      if (signal.aborted || isFinal(error)) throw error;
      failure = error;
    }
    const now = performance.now();
    failures = failure === undefined || now - answeredAt > atOnceMs ? 0 : failures + 1;
    if (failures > mostFailures) throw toFailure(failure, what);
    if (now - startedAt > atOnceMs) round = 0;
    await pause(pauseMs(round), signal);
  }
}

const isFinal = (error: unknown): boolean =>
  error instanceof PairError && !(error.kind === "http" && (error.status === 429 || error.status >= 500));

/** A cut, if it comes once; the proxy ends its answers so as well when something behind it fails. */
function endedEmpty(): PairError {
  const cause = new TypeError("the proxy's answers end at once, without a result");
  return new PairError(`${what} failed: ${cause.message}.`, { kind: "deserialise", cause });
}

/** At random, so that many pages do not come back at the same moment. */
function pauseMs(round: number): number {
  const longest = Math.min(longestPauseMs, shortestPauseMs * 2 ** Math.min(round + 1, 10));
  return shortestPauseMs + Math.random() * (longest - shortestPauseMs);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    }
  });
}
