import { createParser } from "eventsource-parser";
import type { JazzPairOptions } from "../PairFlowOptions.js";
import { refusalOf } from "./proxyFailure.js";
import { type Outcome, readOutcome } from "./readOutcome.js";
import { sessionUrl } from "./sessionUrl.js";

/** Three of the proxy's pings that did not come: the connection is gone, though nobody said so. */
const silenceMs = 45_000;

/** Which proxy is asked, and for what. */
export type Question = Pick<JazzPairOptions, "octaneUrl" | "apiKey"> & { readonly sessionId: string };

/**
 * Asks once for a session's outcome, and waits as long as the answer lasts: `undefined` where it ends without one. Calls
 * `onAnswer` as soon as the proxy answers, which it does for its user's own sessions only.
 *
 * @throws PairError of kind `http` or `deserialise`; whatever `fetch` throws.
 */
export async function askForOutcome(
  question: Question,
  signal: AbortSignal,
  onAnswer: () => void,
): Promise<Outcome | "not yet" | undefined> {
  const { octaneUrl, apiKey, sessionId } = question;
  const line = new AbortController();
  const hangUp = (): void => line.abort();
  signal.addEventListener("abort", hangUp);
  if (signal.aborted) hangUp();
  let silence: ReturnType<typeof setTimeout> | undefined;
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(hangUp, silenceMs);
  };
  try {
    heard();
    const response = await fetch(sessionUrl(octaneUrl, sessionId, "result"), {
      headers: { accept: "text/event-stream, application/json;q=0.9", authorization: `Bearer ${apiKey}` },
      cache: "no-store",
      redirect: "error",
      signal: line.signal,
    });
    if (!response.ok) throw await refusalOf(response, "Waiting for the pairing");
    onAnswer();
    if (response.status === 202 || response.status === 204) return "not yet";
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
    return isStream
      ? await firstOutcome(response, sessionId, heard)
      : readOutcome(await response.text(), sessionId);
  } finally {
    clearTimeout(silence);
    signal.removeEventListener("abort", hangUp);
    hangUp();
  }
}

async function firstOutcome(
  { body }: Response,
  sessionId: string,
  heard: () => void,
): Promise<Outcome | undefined> {
  let outcome: Outcome | undefined;
  const parser = createParser({
    onEvent: ({ data }) => {
      outcome ??= readOutcome(data, sessionId);
    },
  });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    // The parser holds a last line back until more comes.
    parser.feed(done ? "\n\n" : (value ?? ""));
    if (outcome !== undefined || done) return outcome;
    heard();
  }
}
