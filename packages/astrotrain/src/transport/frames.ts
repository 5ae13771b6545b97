import { createParser } from "eventsource-parser";
import { TransportError } from "../errors/TransportError.js";
import type { Attempt } from "./deadline.js";
import { chunksOf } from "./readText.js";

export type Frame = Readonly<Record<string, unknown>> & { readonly kind: string };

/** What one frame may hold, and what the parser may keep of one that isn't complete. */
const frameCap = 64 * 1024;

/**
 * The frames of a server-sent event stream: each event's data is a JSON object with a `kind`. Comments are
 * passed over. Ends where the stream ends, which says nothing about the result.
 *
 * @throws TransportError of kind `malformed_sse_frame` for data that is not such an object, or too long;
 * `network` when the stream breaks off.
 */
export async function* framesOf(response: Response, attempt: Attempt): AsyncGenerator<Frame, void, void> {
  const ready: Frame[] = [];
  const parser = createParser({
    maxBufferSize: frameCap,
    onEvent: ({ data }) => ready.push(parseFrame(data)),
    onError: ({ type }) => {
      if (type === "max-buffer-size-exceeded") throw new TransportError({ kind: "malformed_sse_frame" });
    },
  });
  const decoder = new TextDecoder();
  let endsInCr = false;
  for await (const chunk of chunksOf(response, attempt)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== "") endsInCr = text.endsWith("\r");
    parser.feed(text);
    yield* ready.splice(0);
  }
  // The parser holds back a line that ends in CR until it has seen whether an LF follows.
  if (endsInCr) parser.feed("\n");
  yield* ready.splice(0);
}

function parseFrame(data: string): Frame {
  const frame = data.length > frameCap ? undefined : parseJson(data);
  if (typeof frame === "object" && frame !== null && typeof (frame as Partial<Frame>).kind === "string")
    return frame as Frame;
  throw new TransportError({ kind: "malformed_sse_frame" });
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
