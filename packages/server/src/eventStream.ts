import type { Outcome } from "./store/SessionRecord.js";

/** Proxies cut what is silent for long, the shortest known after 55 s. */
const pingEveryMs = 15_000;

const headers = {
  "content-type": "text/event-stream",
  // What compresses or gathers would hold events back.
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/**
 * Server-sent events: a comment at once, pings, then the outcome and the end. Without an outcome it just ends, which
 * a client takes for a cut, and asks again. `leave` is called when the client has gone before.
 */
export function eventStream(outcome: Promise<Outcome | undefined>, leave: () => void): Response {
  const encoder = new TextEncoder();
  let pings: ReturnType<typeof setInterval>;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const send = (text: string): void => controller.enqueue(encoder.encode(text));
      send(": waiting\n\n");
      pings = setInterval(() => send(": ping\n\n"), pingEveryMs);
      void outcome.then((event) => {
        clearInterval(pings);
        try {
          if (event !== undefined) send(`id: 1\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`);
          controller.close();
        } catch {
          // The client has gone, and the stream with it.
        }
      });
    },
    cancel: () => {
      clearInterval(pings);
      leave();
    },
  });
  return new Response(body, { headers });
}
