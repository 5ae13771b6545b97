import { pipeline, Readable, type Transform } from "node:stream";
import { constants, createBrotliCompress, createDeflate, createGzip } from "node:zlib";
import { piecesOf } from "../faults/bodies.js";
import type { Coding, Delivery } from "../faults/Delivery.js";

const coders: Readonly<Record<Coding, (live: boolean) => Transform>> = {
  gzip: (live) => createGzip(live ? { flush: constants.Z_SYNC_FLUSH } : {}),
  deflate: (live) => createDeflate(live ? { flush: constants.Z_SYNC_FLUSH } : {}),
  br: (live) => createBrotliCompress(live ? { flush: constants.BROTLI_OPERATION_FLUSH } : {}),
};

/** The body, put through its codings piece by piece; each event of a stream leaves when it happens. */
export function coded({ head, body, codings = [] }: Delivery, gone: AbortSignal): AsyncIterable<Uint8Array> {
  const pieces = piecesOf(body, gone);
  if (codings.length === 0) return pieces;
  const live = head?.headers.get("content-type") === "text/event-stream";
  let stream: Readable = Readable.from(pieces, { objectMode: false });
  for (const coding of codings) {
    // Without a callback an early end would be thrown where nobody catches it.
    stream = pipeline(stream, coders[coding](live), () => {});
  }
  return stream;
}
