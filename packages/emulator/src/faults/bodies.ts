import { onAbort } from "../internal/abort.js";
import type { Body } from "./Delivery.js";

/** The pieces of a body, one if it is at hand. */
export function piecesOf(body: Body | Uint8Array | undefined, gone: AbortSignal): AsyncIterable<Uint8Array> {
  return typeof body === "function" ? body(gone) : once(body);
}

async function* once(bytes: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  if (bytes !== undefined && bytes.length > 0) yield bytes;
}

/** The body of a response, read as it is asked for. */
export const passed = (response: Response): Body =>
  async function* (gone) {
    const reader = response.body?.getReader();
    if (reader === undefined) return;
    const cancel = (): void => void reader.cancel(gone.reason).catch(() => {});
    const stop = onAbort(gone, cancel);
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        yield value;
      }
    } finally {
      stop();
      cancel();
    }
  };

/** No more than the first bytes of a body. */
export const firstBytes = (body: Body, most: number): Body =>
  async function* (gone) {
    let left = most;
    if (left === 0) return;
    for await (const chunk of body(gone)) {
      yield chunk.subarray(0, left);
      left -= Math.min(left, chunk.length);
      if (left === 0) return;
    }
  };

/** All of a response's body. */
export async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}
