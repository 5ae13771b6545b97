import { isRedirectRefusal } from "../errors/redirectRefused.js";
import { TransportError } from "../errors/TransportError.js";
import { mediaTypeOf, readJson } from "./callJson.js";
import { type Attempt, pause } from "./deadline.js";
import type { Endpoint } from "./endpoint.js";
import { type Frame, framesOf } from "./frames.js";
import { cancelBody } from "./readText.js";
import { parseRetryAfter } from "./retryAfter.js";
import { send } from "./send.js";

const accept = "text/event-stream, application/json;q=0.9";

/** Failures in a row (refused connections, 429, 5xx) before a wait gives up: with the pauses, about half a minute. */
const failureBudget = 8;
const shortestPauseMs = 250;
const longestPauseMs = 5_000;
const heldMs = 1_000;

/**
 * Asks until `take` makes something of a frame. A stream that ends or breaks, a JSON "not yet" (202, 204) and a
 * frame that `take` passes over (`undefined`) all mean: ask again. Octane replays the frame that ends a wait, so
 * nothing is lost in between.
 *
 * @throws TransportError, for 4xx but 429 at once, for other failures once the budget is used up.
 */
export async function waitForFrame<T>(
  endpoint: Endpoint,
  path: readonly string[],
  attempt: Attempt,
  take: (frame: Frame) => T | undefined,
): Promise<T> {
  let failures = 0;
  // Rounds that end early without a frame only slow down: a person may need as long as they like.
  for (let idle = 0; ; idle++) {
    let hintMs: number | undefined;
    const startedAt = performance.now();
    try {
      const response = await send(endpoint, { method: "GET", path, accept }, attempt);
      failures = 0;
      hintMs = parseRetryAfter(response.headers.get("retry-after"));
      for await (const frame of answersOf(response, attempt)) {
        const taken = take(frame);
        if (taken !== undefined) return taken;
      }
      // A stream that held for a while was cut by an idle proxy, not turned away.
      if (performance.now() - startedAt > heldMs) idle = 0;
    } catch (error) {
      if (attempt.signal.aborted || !mayPass(error)) throw error;
      failures++;
      if (failures > failureBudget) throw error;
      hintMs = error.details.kind === "http" ? error.details.retryAfterMs : undefined;
    }
    await pause(Math.max(hintMs ?? backoffMs(Math.max(idle, failures)), shortestPauseMs / 2), attempt.signal);
  }
}

/** By the content type: a stream's frames, or the one frame of a JSON body, or none for 202 and 204. */
async function* answersOf(response: Response, attempt: Attempt): AsyncGenerator<Frame, void, void> {
  if (mediaTypeOf(response) === "text/event-stream") {
    yield* framesOf(response, attempt);
    return;
  }
  if (response.status === 202 || response.status === 204) {
    cancelBody(response);
    return;
  }
  const body = await readJson(response, attempt);
  if (typeof (body as Partial<Frame> | null)?.kind !== "string") {
    throw new TransportError({
      kind: "deserialise",
      cause: new TypeError("the body is not an object with a kind"),
    });
  }
  yield body as Frame;
}

function mayPass(error: unknown): error is TransportError {
  if (!(error instanceof TransportError)) return false;
  const { details } = error;
  if (details.kind === "network") return !isRedirectRefusal(details.cause);
  return details.kind === "http" && (details.status === 429 || details.status >= 500);
}

/** Doubles from a quarter of a second to five, with up to half of it taken off at random so that clients spread. */
const backoffMs = (round: number): number =>
  Math.min(longestPauseMs, shortestPauseMs * 2 ** Math.min(round, 10)) * (1 - Math.random() / 2);
