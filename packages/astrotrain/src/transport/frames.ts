import { createParser, type EventSourceParser } from "eventsource-parser";
import { TransportError } from "../errors/TransportError.js";
import type { Attempt } from "./deadline.js";
import { chunksOf } from "./readText.js";

export type Frame = Readonly<Record<string, unknown>> & { readonly kind: string };

/** What a stream leaves for the one that takes it up again (WHATWG HTML section 9.2). */
export type Resumption = {
  /** The id of the last frame that was handed out. */
  lastEventId?: string;
  /** The pause that the server asked for, from 250 ms to a minute. */
  retryMs?: number;
};

/** What one frame may hold, what the parser may keep of one that isn't complete, and what may come without any. */
const frameCap = 64 * 1024;
/** So few bytes that no more than 256 frames are in them. */
const sliceLength = 4 * 1024;
/** Three keep-alives of 15 s that did not come. */
export const silenceMs = 45_000;
/** The parser makes an error of each line that it can't use, with its stack: such a line counts for more than it is long. */
const oddLineCost = 64;
const shortestRetryMs = 250;
const longestRetryMs = 60_000;

/**
 * The frames of a server-sent event stream: each event's data is a JSON object with a `kind`. Comments are passed over,
 * 64 KiB of them at a time. Ends where the stream ends, which says nothing about the result. No more is read until what
 * was read has been taken, so a slow reader slows the server down.
 *
 * @throws TransportError of kind `malformed_sse_frame` for data that is not such an object, or too long;
 * `network` when the stream breaks off or is silent for 45 s.
 */
export async function* framesOf(
  response: Response,
  attempt: Pick<Attempt, "signal">,
  resumption: Resumption = {},
): AsyncGenerator<Frame, void, void> {
  const ready: Ready[] = [];
  let sinceFrame = 0;
  const parser = createFrameParser(ready, resumption, () => {
    sinceFrame += oddLineCost;
  });
  const toText = withoutByteOrderMark();
  const toLines = lineEnds();
  for await (const chunk of chunksOf(response, attempt, silenceMs)) {
    for (let at = 0; at < chunk.length; at += sliceLength) {
      const slice = chunk.subarray(at, at + sliceLength);
      parser.feed(toLines(toText(binaryOf(slice))));
      sinceFrame = ready.length > 0 ? 0 : sinceFrame + slice.length;
      yield* handOut(ready, resumption);
      // Nothing but comments: as good as cut. Whoever takes it up again does so after a pause.
      if (sinceFrame > frameCap) return;
    }
  }
}

/**
 * One character for each byte, so that all limits are bytes. No byte of a longer character is a line's end or a colon; what an
 * event holds becomes text when it is whole.
 */
function binaryOf(bytes: Uint8Array): string {
  // ASCII, as nearly all of it is, comes out the same from the runtime's own decoder, many times as fast.
  const text = utf8.decode(bytes);
  return isAscii(text) ? text : String.fromCharCode.apply(null, bytes as unknown as number[]);
}

function textOf(binary: string): string {
  if (isAscii(binary)) return binary;
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return utf8.decode(bytes);
}

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text);

/** A byte order mark within the stream is a character. */
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const byteOrderMark = "\xEF\xBB\xBF";

/** Holds the first bytes back until they are the mark, or can't become it any more. */
function withoutByteOrderMark(): (binary: string) => string {
  let held: string | undefined = "";
  return (binary) => {
    if (held === undefined) return binary;
    held += binary;
    if (held.length < byteOrderMark.length && byteOrderMark.startsWith(held)) return "";
    const text = held.startsWith(byteOrderMark) ? held.slice(byteOrderMark.length) : held;
    held = undefined;
    return text;
  };
}

/**
 * LF for each CR LF and CR, however they are cut. The parser would hold a CR back until it has seen what follows, and with it
 * the event that it ends.
 */
function lineEnds(): (text: string) => string {
  let afterCr = false;
  return (text) => {
    const rest = afterCr && text.startsWith("\n") ? text.slice(1) : text;
    if (text !== "") afterCr = text.endsWith("\r");
    return rest.replace(/\r\n?/g, "\n");
  };
}

/** A frame, or `undefined` for an event that is none. */
type Ready = { readonly frame: Frame | undefined; readonly id: string | undefined };

function createFrameParser(ready: Ready[], resumption: Resumption, onOddLine: () => void): EventSourceParser {
  const parser = createParser({
    maxBufferSize: frameCap,
    onEvent: ({ data, id }) => ready.push({ frame: parseFrame(data), id }),
    onRetry: (ms) => {
      resumption.retryMs = Math.min(Math.max(ms, shortestRetryMs), longestRetryMs);
    },
    onError: ({ type }) => {
      if (type === "max-buffer-size-exceeded") ready.push({ frame: undefined, id: undefined });
      else onOddLine();
    },
  });
  // The byte order mark is taken before; the parser would look for another in the first text it gets.
  parser.feed("");
  return parser;
}

/**
 * An id counts from the moment its frame is taken: what a cut leaves in the queue is asked for again. What came before a
 * malformed event is handed out first, wherever the bytes were cut.
 */
function* handOut(ready: Ready[], resumption: Resumption): Generator<Frame, void, void> {
  for (const { frame, id } of ready.splice(0)) {
    if (frame === undefined) throw new TransportError({ kind: "malformed_sse_frame" });
    if (id !== undefined && isHeaderText(id)) resumption.lastEventId = id;
    yield frame;
  }
}

/** It goes back in a header, which takes no other characters. */
const isHeaderText = (id: string): boolean => /^[\x21-\x7e]{0,256}$/.test(id);

function parseFrame(data: string): Frame | undefined {
  const frame = data.length > frameCap ? undefined : parseJson(textOf(data));
  const isFrame = typeof (frame as Partial<Frame> | null | undefined)?.kind === "string";
  return isFrame ? (frame as Frame) : undefined;
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
