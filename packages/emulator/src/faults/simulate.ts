import { onAbort } from "../internal/abort.js";
import { sleep } from "../internal/sleep.js";
import { piecesOf } from "./bodies.js";
import { codingNames, mostCodings } from "./codings.js";
import type { Delivery, Ending } from "./Delivery.js";
import {
  bodyTimeout,
  brokenBefore,
  fetchFailed,
  headersTimeout,
  notHttp,
  refused,
  terminated,
} from "./fetchErrors.js";

/** How long Node's fetch waits for headers, and for the next piece of a body. */
const patienceMs = 300_000;

const nullBodyStatuses: readonly number[] = [204, 205, 304];

/** What Node's fetch would make of a delivery over a socket. */
export async function simulate(
  delivery: Delivery,
  request: Request,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const { head } = delivery;
  if (head === undefined) return noAnswer(delivery.ending, request, signal);
  if (head.headers.has("location") && request.redirect === "error") {
    throw fetchFailed(new Error("unexpected redirect"));
  }
  const codings = codingNames(head.headers.get("content-encoding") ?? "");
  if (codings.length > mostCodings) throw fetchFailed(tooManyCodings(codings.length));
  const body = nullBodyStatuses.includes(head.status) ? null : bodyStream(delivery, signal);
  return new Response(body, head);
}

function tooManyCodings(count: number): Error {
  return new Error(`too many content-encodings in response: ${count}, maximum allowed is ${mostCodings}`);
}

async function noAnswer(ending: Ending, request: Request, signal: AbortSignal | undefined): Promise<never> {
  switch (ending.kind) {
    case "refuse":
      throw refused(request.url);
    case "reset":
    case "close":
      throw brokenBefore(ending.kind);
    case "garbage":
      throw notHttp();
    default:
      await sleep(patienceMs, signal);
      throw headersTimeout();
  }
}

/** Read piece by piece, and no further than is asked for. */
function bodyStream(delivery: Delivery, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  const { body, ending } = delivery;
  const gone = new AbortController();
  const chunks = unhurried(piecesOf(body, gone.signal), gone.signal)[Symbol.asyncIterator]();
  let stop = (): void => {};
  const leave = (reason: unknown): void => {
    stop();
    gone.abort(reason);
  };
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        stop = onAbort(signal, () => {
          controller.error(signal?.reason);
          leave(signal?.reason);
        });
      },
      pull: async (controller) => {
        const { done, value } = await chunks.next();
        if (gone.signal.aborted) return;
        if (done !== true) return controller.enqueue(value);
        await finish(controller, ending, gone.signal);
        stop();
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
}

/** How much of a body may come without a pause. */
const mostAtOnce = 256 * 1024;

/** Lets timers and other work in between, as a socket does: a body without end would stop the process otherwise. */
async function* unhurried(pieces: AsyncIterable<Uint8Array>, gone: AbortSignal): AsyncGenerator<Uint8Array> {
  let atOnce = 0;
  for await (const piece of pieces) {
    yield piece;
    atOnce += piece.length;
    if (atOnce < mostAtOnce) continue;
    atOnce = 0;
    await sleep(0, gone);
  }
}

async function finish(
  controller: ReadableStreamDefaultController<Uint8Array>,
  ending: Ending,
  gone: AbortSignal,
): Promise<void> {
  switch (ending.kind) {
    case "complete":
      return controller.close();
    case "reset":
      return controller.error(terminated("reset"));
    case "stall":
      await sleep(patienceMs, gone);
      return gone.aborted ? undefined : controller.error(bodyTimeout());
    default:
      return controller.error(terminated("close"));
  }
}
