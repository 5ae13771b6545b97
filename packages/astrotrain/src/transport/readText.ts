import { TransportError } from "../errors/TransportError.js";
import { type Attempt, timedOut } from "./deadline.js";

/** How long a body may pause: octane has decided by then, and only sends what it has. */
const stallMs = 30_000;

/** `cut` keeps what fits and drops the rest; `refuse` makes a longer body an error. */
export type BodyLimit = { readonly cap: number; readonly overflow: "cut" | "refuse" };

const decoders = {
  cut: new TextDecoder(),
  refuse: new TextDecoder("utf-8", { fatal: true }),
} as const;

/**
 * The body as text, never holding more than `cap` decoded bytes: a few kilobytes of gzip may unpack to gigabytes,
 * and Content-Length says nothing about that.
 *
 * @throws TransportError of kind `network` when the body breaks off, `deserialise` when it is too long or not UTF-8.
 */
export async function readText(response: Response, attempt: Attempt, limit: BodyLimit): Promise<string> {
  const bytes = await readBytes(response, attempt, limit);
  try {
    return decoders[limit.overflow].decode(bytes);
  } catch (cause) {
    throw new TransportError({ kind: "deserialise", cause });
  }
}

async function readBytes(
  response: Response,
  attempt: Attempt,
  { cap, overflow }: BodyLimit,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(response, attempt, stallMs)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length <= cap) continue;
    if (overflow === "cut") break;
    throw new TransportError({
      kind: "deserialise",
      cause: new RangeError(`the body is longer than ${cap} bytes`),
    });
  }
  return join(chunks, Math.min(length, cap));
}

/**
 * The body's chunks, `silenceMs` apart at most. Whoever stops early cancels the rest; so does the attempt's signal, even
 * where `fetch` ignored it.
 */
export async function* chunksOf(
  response: Response,
  { signal }: Pick<Attempt, "signal">,
  silenceMs: number,
): AsyncGenerator<Uint8Array, void, void> {
  let cancel = (): void => {};
  try {
    if (response.body === null) return;
    if (response.body === undefined) {
      // A fetch without streams, such as React Native's: its body is read as a whole before it can be counted.
      yield new TextEncoder().encode(await response.text());
      return;
    }
    const reader = response.body.getReader();
    cancel = () => void reader.cancel(signal.reason).catch(() => {});
    signal.addEventListener("abort", cancel);
    // An abort between the head and this line reached nobody.
    signal.throwIfAborted();
    while (true) {
      const { done, value } = await readWithin(reader, silenceMs);
      // A cancelled reader says that it is done, which is not the body's end.
      signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } catch (error) {
    const cause = signal.aborted ? signal.reason : error;
    throw new TransportError({ kind: "network", cause, sent: true, foreign: !signal.aborted });
  } finally {
    signal.removeEventListener("abort", cancel);
    cancel();
  }
}

/** The next chunk, or a time-out. The read that is then left alone ends when the reader is cancelled. */
async function readWithin(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  ms: number,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timedOut(ms)), ms);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** Lets go of a body that nobody will read. Not awaited: cancelling one half of a cloned response never settles. */
export function cancelBody(response: Response): void {
  response.body?.cancel().catch(() => {});
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk.subarray(0, length - at), at);
    at += Math.min(chunk.length, length - at);
  }
  return all;
}
