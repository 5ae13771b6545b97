import { TransportError } from "../errors/TransportError.js";
import { backoffMs, shortestPauseMs } from "./backoff.js";
import { mediaTypeOf, readJson, refuseUnknownCoding } from "./callJson.js";
import { type Attempt, pause, withDeadline } from "./deadline.js";
import type { Endpoint } from "./endpoint.js";
import { type Frame, framesOf, type Resumption, silenceMs } from "./frames.js";
import { cancelBody } from "./readText.js";
import { parseRetryAfter } from "./retryAfter.js";
import { mayPass } from "./retryDelay.js";
import { send } from "./send.js";

const accept = "text/event-stream, application/json;q=0.9";

/** Failures in a row (refused connections, 429, 5xx) before a wait gives up: with the pauses, about half a minute. */
const failureBudget = 8;
const heldMs = 1_000;
/** In bytes, of the frames of one stream that end nothing. */
const mostPassedOver = 64 * 1024;

/**
 * Asks until `take` makes something of a frame. A stream that ends, breaks or falls silent, a JSON "not yet" (202, 204)
 * and a frame that `take` passes over (`undefined`) all mean: ask again. Octane replays the frame that ends a wait, so
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
  const resumption: Resumption = {};
  let failures = 0;
  // Rounds that end early without a frame only slow down: a person may need as long as they like.
  for (let idle = 0; ; idle++) {
    let hintMs: number | undefined;
    let begun = false;
    const startedAt = performance.now();
    try {
      const response = await open(endpoint, path, attempt, resumption);
      begun = true;
      failures = 0;
      hintMs = parseRetryAfter(response.headers.get("retry-after"));
      const idleBefore = idle;
      let passedOver = 0;
      for await (const frame of answersOf(response, attempt, resumption)) {
        const taken = take(frame);
        if (taken !== undefined) return taken;
        idle = 0;
        passedOver += lengthOf(frame);
        if (passedOver <= mostPassedOver) continue;
        // As good as cut, and no sign of life.
        idle = idleBefore;
        break;
      }
    } catch (error) {
      if (attempt.signal.aborted || !(error instanceof TransportError) || !mayPass(error.details))
        throw error;
      // One that begins and breaks, or falls silent, is one that a proxy cut: it only slows down.
      if (!begun) failures++;
      if (failures > failureBudget) throw error;
      hintMs = error.details.kind === "http" ? error.details.retryAfterMs : undefined;
    }
    // A stream that held for a while was cut by an idle proxy, not turned away.
    if (performance.now() - startedAt > heldMs) idle = 0;
    const pauseMs = hintMs ?? Math.max(resumption.retryMs ?? 0, backoffMs(Math.max(idle, failures)));
    await pause(Math.max(pauseMs, shortestPauseMs), attempt.signal);
  }
}

const lengthOf = (frame: Frame): number => new TextEncoder().encode(JSON.stringify(frame)).length;

/** The answer's head, which is not waited for any longer than a stream may be silent. */
async function open(
  endpoint: Endpoint,
  path: readonly string[],
  { signal }: Attempt,
  { lastEventId }: Resumption,
): Promise<Response> {
  let response: Response | undefined;
  try {
    return await withDeadline({ signal, timeoutMs: silenceMs }, async (attempt) => {
      response = await send(endpoint, { method: "GET", path, accept, lastEventId }, attempt);
      return response;
    });
  } catch (error) {
    // It may have come in the moment of the abort.
    if (response !== undefined) cancelBody(response);
    throw error;
  }
}

/** By the content type: a stream's frames, or the one frame of a JSON body, or none for 202 and 204. */
async function* answersOf(
  response: Response,
  attempt: Attempt,
  resumption: Resumption,
): AsyncGenerator<Frame, void, void> {
  if (mediaTypeOf(response) === "text/event-stream") {
    refuseUnknownCoding(response);
    yield* framesOf(response, attempt, resumption);
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
