import type { IncomingMessage } from "node:http";

/** A status with which a Response may have no body. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * What Node received, as a Response whose body is read as it comes: no more is taken from the socket than was asked for. A body that
 * is compressed, though none was asked for, stays as it is, and so is none that anybody takes.
 *
 * @throws RangeError for a status that is none.
 */
export function toResponse(message: IncomingMessage, signal: AbortSignal | undefined): Response {
  try {
    const status = message.statusCode ?? 0;
    const headers = new Headers();
    for (let i = 0; i + 1 < message.rawHeaders.length; i += 2)
      headers.append(message.rawHeaders[i] ?? "", message.rawHeaders[i + 1] ?? "");
    if (!bodiless.has(status)) return new Response(bodyOf(message, signal), { status, headers });
    message.resume();
    return new Response(null, { status, headers });
  } catch (error) {
    message.destroy();
    throw error;
  }
}

function bodyOf(message: IncomingMessage, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      message.on("data", (chunk: Uint8Array) => {
        controller.enqueue(chunk);
        if ((controller.desiredSize ?? 0) <= 0) message.pause();
      });
      message.on("end", () => controller.close());
      message.on("error", (error) => controller.error(signal?.aborted ? signal.reason : error));
      message.pause();
    },
    pull: () => void message.resume(),
    // What had arrived by then would still be told.
    cancel: () => void message.removeAllListeners("data").removeAllListeners("end").destroy(),
  });
}
