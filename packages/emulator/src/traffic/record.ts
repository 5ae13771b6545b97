import type { Delivery } from "../faults/Delivery.js";
import type { Exchange, ExchangeAnswer } from "./Exchange.js";
import { createKept, type Kept, maskedBody, maskedHeaders, maskedText } from "./text.js";

/** What octane says of one exchange while it is at it. */
export type Seen = {
  asked(spId: string): void;
  /** A piece of the request's body. */
  read(piece: Uint8Array): void;
  /** The text of a JSON answer, which then need not be read again. */
  sent(body: string): void;
};

/** One exchange while it is recorded. */
export type Recording = Seen & {
  readonly id: number;
  readonly sp: () => string | undefined;
  /** Follows what goes back; hands on the same, or the same followed by a record of its bytes. */
  follow<Answer extends Response | Delivery>(answer: Answer): Answer;
  /** There is no answer. */
  end(how: string): void;
  show(): Exchange;
};

type Head = { readonly status: number; readonly headers: Headers };

/**
 * Begins a record. `told` hears of an answer that begins and goes on, as open, and once of the end. Nothing is turned into text
 * before somebody looks.
 */
export function startRecording(
  id: number,
  at: string,
  request: Request,
  told: (open: boolean) => void,
): Recording {
  const { method, url, headers } = request;
  const started = performance.now();
  const asked = createKept();
  const answered = createKept();
  let head: Head | undefined;
  let ended: string | undefined = "open";
  let sp: string | undefined;
  let took: number | undefined;

  const end = (how: string | undefined): void => {
    if (took !== undefined) return;
    took = performance.now() - started;
    ended = how;
    told(false);
  };
  return {
    id,
    sp: () => sp,
    asked: (spId) => {
      sp = spId;
    },
    read: asked.add,
    sent: answered.add,
    end,
    follow: (answer) => {
      head = "ending" in answer ? answer.head : answer;
      const followedAnswer = followed(answer, answered, end);
      if (took === undefined) told(true);
      return followedAnswer;
    },
    show: () => ({
      id,
      at,
      method,
      url: maskedText(url),
      request: { headers: maskedHeaders(headers), body: maskedBody(url, asked.text()) },
      response: shown(head, answered, ended),
      tookMs: took ?? performance.now() - started,
      ...(sp === undefined ? {} : { sp }),
    }),
  };
}

function shown(head: Head | undefined, body: Kept, ended: string | undefined): Exchange["response"] {
  if (head === undefined) return { ended: ended ?? "complete" };
  const answer: ExchangeAnswer = {
    status: head.status,
    headers: maskedHeaders(head.headers),
    body: body.text(),
  };
  return ended === undefined ? answer : { ...answer, ended };
}

type End = (how: string | undefined) => void;

function followed<Answer extends Response | Delivery>(answer: Answer, kept: Kept, end: End): Answer {
  if ("ending" in answer) return followedDelivery(answer, kept, end) as Answer;
  const isStream = answer.headers.get("content-type") === "text/event-stream";
  if (!isStream || answer.body === null) {
    end(undefined);
    return answer;
  }
  const { status, headers } = answer;
  return new Response(followedStream(answer.body, kept, end), { status, headers }) as Answer;
}

function followedDelivery(delivery: Delivery, kept: Kept, end: End): Delivery {
  const { body, ending } = delivery;
  const how = ending.kind === "complete" ? undefined : ending.kind;
  if (typeof body !== "function") {
    if (body !== undefined) kept.add(body);
    end(how);
    return delivery;
  }
  return {
    ...delivery,
    body: async function* (gone) {
      try {
        for await (const chunk of body(gone)) {
          kept.add(chunk);
          yield chunk;
        }
      } finally {
        end(gone.aborted ? "aborted" : how);
      }
    },
  };
}

/** The same stream, read no further than it is asked for. */
function followedStream(body: ReadableStream<Uint8Array>, kept: Kept, end: End): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await reader.read().catch((error: unknown) => {
          end("aborted");
          throw error;
        });
        if (done) {
          end(undefined);
          return controller.close();
        }
        kept.add(value);
        controller.enqueue(value);
      },
      cancel: (reason) => {
        end("aborted");
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
