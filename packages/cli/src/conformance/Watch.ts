import { type Answer, answerOf, mediaType } from "./Answer.js";
import { asObject } from "./Json.js";
import { parseEvents, type StreamEvent } from "./parseEvents.js";
import { within } from "./pause.js";

/** A stream that octane has opened, or what it answered in the place of one. */
export type Watch = {
  /** Status and headers; the text is what has come so far. */
  readonly answer: () => Answer;
  readonly events: () => readonly StreamEvent[];
  /** The first event, waited for so long, in milliseconds. */
  readonly first: (ms: number) => Promise<StreamEvent | undefined>;
  /** Whether the stream ends within so long, in milliseconds. */
  readonly ends: (ms: number) => Promise<boolean>;
  readonly close: () => void;
};

/** Reads what comes until it ends or is closed. A refusal is told by `note` once it is there. */
export function openWatch(
  to: string,
  response: Response,
  stop: AbortController,
  note: (answer: Answer) => Answer,
): Watch {
  // Streams of another content type are read too: what that breaks is a check of its own.
  const isJson = mediaType(response.headers) === "application/json";
  let text = "";
  let ended = false;
  const wakes = new Set<() => void>();
  const answer = (): Answer => answerOf(to, response, text);
  const events = (): readonly StreamEvent[] => (isJson ? eventsOfJson(answer()) : parseEvents(text));
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      for (const wake of wakes) wake();
    }
  };
  const done = read()
    // A stream that is cut has ended too.
    .catch(() => {})
    .then(() => {
      ended = true;
      for (const wake of wakes) wake();
      if (response.status !== 200) note(answer());
    });
  return {
    answer,
    events,
    first: async (ms) => {
      const come = new Promise<void>((resolve) => {
        const look = (): void => {
          if (ended || events().length > 0) resolve();
        };
        wakes.add(look);
        look();
      });
      await within(ms, come, undefined);
      return events()[0];
    },
    ends: (ms) =>
      within(
        ms,
        done.then(() => true),
        false,
      ),
    close: () => stop.abort(),
  };
}

/** A client takes a JSON body with the same object for the event. */
function eventsOfJson({ status, body }: Answer): readonly StreamEvent[] {
  const frame = asObject(body);
  return status === 200 && typeof frame.kind === "string" ? [{ event: frame.kind, data: frame }] : [];
}
