import { toUtf8 } from "../encoding/utf8.js";
import { onAbort } from "../internal/abort.js";
import { everyMeanwhile } from "../internal/timer.js";
import type { Frame } from "./answer.js";

/** A comment line this often keeps proxies from cutting an idle stream. */
const keepAliveMs = 15_000;

/** Headers without which a proxy on the way would buffer or compress the stream. */
export const sseHeaders: Readonly<Record<string, string>> = {
  "content-type": "text/event-stream",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/** Where the one frame of a stream comes from. */
export type FrameSource = {
  /** The frame, once there is one. */
  frame(): Frame | undefined;
  /** Calls `wake` when it is worth asking for the frame again. */
  watch(wake: () => void): () => void;
  readonly signal: AbortSignal | undefined;
  /** Resolves once what the frame says is in storage: it does not leave before. */
  readonly safe: () => Promise<void>;
};

/** A frame as it travels. */
export function eventOf(frame: Frame): string {
  return `event: ${frame.kind}\ndata: ${JSON.stringify(frame)}\n\n`;
}

/** A stream of one frame, open until there is one; then it ends. It leaves nothing behind however it ends. */
export function frameStream(source: FrameSource): ReadableStream<Uint8Array> {
  let stop = (): void => {};
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      stop = begin(controller, source);
    },
    cancel: () => stop(),
  });
}

function begin(controller: ReadableStreamDefaultController<Uint8Array>, source: FrameSource): () => void {
  const comment = (): void => controller.enqueue(toUtf8(": keep-alive\n\n"));
  const stops: (() => void)[] = [];
  const stop = (): void => {
    for (const each of stops.splice(0)) each();
  };
  const finish = (): boolean => {
    const frame = source.frame();
    if (frame === undefined) return false;
    stop();
    send(controller, frame, source).catch((error: unknown) => controller.error(error));
    return true;
  };

  comment();
  if (finish()) return stop;
  stops.push(source.watch(finish));
  // Nobody reads while the queue is full: an abandoned stream must not grow.
  stops.push(everyMeanwhile(keepAliveMs, () => (controller.desiredSize ?? 0) > 0 && comment()));
  const stopListening = onAbort(source.signal, () => {
    stop();
    controller.error(source.signal?.reason);
  });
  stops.push(stopListening);
  return stop;
}

async function send(
  controller: ReadableStreamDefaultController<Uint8Array>,
  frame: Frame,
  { safe, signal }: FrameSource,
): Promise<void> {
  await safe();
  signal?.throwIfAborted();
  controller.enqueue(toUtf8(eventOf(frame)));
  controller.close();
}
