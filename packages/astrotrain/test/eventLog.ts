import { frame } from "./scriptedOctane.js";

/** An octane that keeps its events: whoever comes with the id of one gets those after it. */
export type EventLog = {
  readonly idOf: (n: number) => string;
  /** The stream from the event after `lastEventId`, `count` events long. */
  readonly after: (lastEventId: string | null, count: number) => string;
};

/** Events 1 to `length`, of kind `progress`, the last one of kind `done`. */
export function createEventLog(length: number): EventLog {
  const idOf = (n: number): string => `e-${n.toString(36)}`;
  const eventOf = (n: number): string =>
    `id: ${idOf(n)}\n${frame({ kind: n === length ? "done" : "progress", n })}`;
  return {
    idOf,
    after: (lastEventId, count) => {
      const last = lastEventId === null ? 0 : Number.parseInt(lastEventId.slice(2), 36);
      const next = Array.from({ length: Math.min(count, length - last) }, (_, i) => last + 1 + i);
      return next.map(eventOf).join("");
    },
  };
}

/** How a stream ends that was cut. */
export type Cut = "close" | "error" | "silence";

/** A stream of these pieces, each handed over only when it is asked for: an error throws away what waits. */
export function cutStream(pieces: readonly Uint8Array[], cut: Cut): Response {
  let at = 0;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void | Promise<void> => {
    const piece = pieces[at++];
    if (piece !== undefined) controller.enqueue(piece);
    else if (cut === "close") controller.close();
    else if (cut === "error") controller.error(new TypeError("terminated"));
    else return new Promise(() => {});
  };
  const stream = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
  return new Response(stream, { headers: { "content-type": "text/event-stream" } });
}
