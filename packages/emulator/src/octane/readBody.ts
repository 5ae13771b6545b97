import { fromUtf8 } from "../encoding/utf8.js";
import { onAbort } from "../internal/abort.js";
import { Refusal } from "./refusal.js";

/** The largest body octane reads, in bytes: 256 KiB. */
const maxBodyBytes = 256 * 1024;

/**
 * Reads a body, counting as it comes in: a Content-Length may be missing or lie. `read` is told each piece.
 *
 * @throws Refusal `body_too_large` as soon as the cap is passed, and the rest is not read; `bad_request` where the body
 * breaks off or is none of bytes.
 */
export async function readBody(
  request: Request,
  signal: AbortSignal | undefined,
  read: (piece: Uint8Array) => void = () => {},
): Promise<Uint8Array> {
  const reader = request.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const stop = onAbort(signal, () => void reader.cancel(signal?.reason).catch(() => {}));
  try {
    return await collect(reader, read);
  } finally {
    stop();
  }
}

async function collect(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  read: (piece: Uint8Array) => void,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(brokenOff);
    if (done) return join(chunks, length);
    if (!(value instanceof Uint8Array)) return brokenOff();
    read(value);
    length += value.byteLength;
    if (length > maxBodyBytes) {
      void reader.cancel().catch(() => {});
      throw new Refusal("body_too_large", `The body is over ${maxBodyBytes} bytes: send a smaller payload.`);
    }
    chunks.push(value);
  }
}

function brokenOff(): never {
  throw new Refusal("bad_request", "The body broke off while it was being read: send all of it, as bytes.");
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

/** @throws Refusal `unsupported_media_type` where a body is not announced as JSON. */
export function requireJson(request: Request): void {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "application/json" || /^application\/[^/\s]+\+json$/.test(type)) return;
  throw new Refusal(
    "unsupported_media_type",
    "The body must be JSON: send the header Content-Type: application/json.",
  );
}

/** @throws Refusal `bad_json` where the bytes are not JSON in UTF-8. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch {
    throw new Refusal("bad_json", "The body is not JSON: send one JSON object in UTF-8.");
  }
}
