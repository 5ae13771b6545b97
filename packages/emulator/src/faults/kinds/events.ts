import { fromUtf8, toUtf8 } from "../../encoding/utf8.js";
import { onAbort } from "../../internal/abort.js";
import { later } from "../../internal/timer.js";
import { passed } from "../bodies.js";
import { duration, oneOf, optional, text, whole, wholeOrEndless } from "../checks.js";
import type { Body, Delivery, Ending } from "../Delivery.js";
import { complete, headOf } from "../heads.js";
import type { Exchange, Kind } from "../Kind.js";
import { streamRoutes } from "../routes.js";

/** The stream ends too soon. */
export type Cut = {
  readonly kind: "cut";
  /** After how many frames; comments do not count. Default 0, unless `ms` is set. */
  readonly frames?: number;
  /** After how long, in milliseconds. With `frames` too: whichever comes first. */
  readonly ms?: number;
  /** `"end"`: as if it were over; `"close"` (default): FIN; `"reset"`: RST. */
  readonly how?: "end" | "close" | "reset";
};

/** Comment lines before octane's own stream. */
export type Comments = {
  readonly kind: "comments";
  /** How many; Infinity for a flood without end. */
  readonly count: number;
};

/** Data without an end to it before octane's own stream. */
export type Unterminated = {
  readonly kind: "unterminated";
  /** How many bytes; Infinity for a line without end. */
  readonly bytes: number;
  /** A line break after so many: `data:` lines of one event that never ends. Default: one line. */
  readonly lineBytes?: number;
};

/** A frame that is none before octane's own stream. */
export type Malformed = {
  readonly kind: "malformed";
  /** Its data. Default `{"kind":`. */
  readonly data?: string;
};

/** Octane's own stream, spelt in another way that means the same. */
export type Format = {
  readonly kind: "format";
  /**
   * Line ends of CR LF or CR; a byte order mark in front; each frame's JSON over several `data:` lines; fields without
   * the space after the colon; fields that nobody knows.
   */
  readonly as: "crlf" | "cr" | "bom" | "multiLine" | "noSpace" | "unknownFields";
};

/** A `retry:` line before octane's own stream. */
export type Retry = {
  readonly kind: "retry";
  /** As it is to be sent: milliseconds, or nonsense. */
  readonly value: string;
};

export const cut: Kind<Cut> = {
  fields: {
    frames: optional(whole(0)),
    ms: optional(duration),
    how: optional(oneOf("end", "close", "reset")),
  },
  routes: () => streamRoutes,
  deliver: async (
    { ms, frames = ms === undefined ? 0 : Number.POSITIVE_INFINITY, how = "close" },
    exchange,
  ) => {
    const ending: Ending = how === "end" ? complete : { kind: how };
    const response = await exchange.handle();
    const body = untilFrames(passed(response), frames);
    return { head: headOf(response), body: ms === undefined ? body : untilLate(body, ms), ending };
  },
};

const untilFrames = (body: Body, most: number): Body =>
  async function* (gone) {
    let frames = 0;
    for await (const event of body(gone)) {
      yield event;
      if (!isComment(event)) frames += 1;
      if (frames >= most) return;
    }
  };

const untilLate = (body: Body, ms: number): Body =>
  async function* (gone) {
    const late = new AbortController();
    const cancel = later(ms, () => late.abort());
    const stop = onAbort(gone, () => late.abort());
    try {
      yield* body(late.signal);
    } finally {
      cancel();
      stop();
    }
  };

/** Each event leaves octane as one chunk. */
function isComment(event: Uint8Array): boolean {
  return event[0] === 0x3a;
}

export const comments: Kind<Comments> = {
  fields: { count: wholeOrEndless(1) },
  routes: () => streamRoutes,
  deliver: async ({ count }, exchange) => preceded(exchange, repeated(": flood\n\n", count)),
};

export const unterminated: Kind<Unterminated> = {
  fields: { bytes: wholeOrEndless(1), lineBytes: optional(whole(8)) },
  routes: () => streamRoutes,
  deliver: async ({ bytes, lineBytes }, exchange) => {
    if (lineBytes === undefined) return preceded(exchange, filled("data: ", bytes));
    const line = `data: ${"x".repeat(lineBytes - "data: \n".length)}\n`;
    return preceded(exchange, repeated(line, Math.ceil(bytes / lineBytes)));
  },
};

export const malformed: Kind<Malformed> = {
  fields: { data: optional(text) },
  routes: () => streamRoutes,
  deliver: async ({ data = '{"kind":' }, exchange) =>
    preceded(exchange, repeated(`data: ${data.replaceAll("\n", "\ndata: ")}\n\n`, 1)),
};

export const retry: Kind<Retry> = {
  fields: { value: text },
  routes: () => streamRoutes,
  deliver: async ({ value }, exchange) => preceded(exchange, repeated(`retry: ${value}\n\n`, 1)),
};

export const format: Kind<Format> = {
  fields: { as: oneOf("crlf", "cr", "bom", "multiLine", "noSpace", "unknownFields") },
  routes: () => streamRoutes,
  deliver: async ({ as }, { handle }) => {
    const response = await handle();
    const body: Body = async function* (gone) {
      let first = true;
      for await (const event of passed(response)(gone)) {
        yield toUtf8(spellings[as](fromUtf8(event), first));
        first = false;
      }
    };
    return { head: headOf(response), body, ending: complete };
  },
};

const spellings: Readonly<Record<Format["as"], (event: string, first: boolean) => string>> = {
  crlf: (event) => event.replaceAll("\n", "\r\n"),
  cr: (event) => event.replaceAll("\n", "\r"),
  bom: (event, first) => (first ? `\ufeff${event}` : event),
  multiLine: (event) =>
    event.replace(/^data: (.*)$/m, (_, json: string) =>
      JSON.stringify(JSON.parse(json), null, 1).replace(/^/gm, "data: "),
    ),
  noSpace: (event) => event.replace(/^(\w+): /gm, "$1:"),
  unknownFields: (event) => event.replace(/^(?=event:)/m, "weather: fine\nid\n"),
};

async function preceded({ handle }: Exchange, before: Body): Promise<Delivery> {
  const response = await handle();
  const body: Body = async function* (gone) {
    yield* before(gone);
    yield* passed(response)(gone);
  };
  return { head: headOf(response), body, ending: complete };
}

const piece = 64 * 1024;

/** A text so many times, many at once. */
const repeated = (unit: string, count: number): Body =>
  async function* () {
    const atOnce = Math.max(1, Math.floor(piece / unit.length));
    const many = toUtf8(unit.repeat(Math.min(count, atOnce)));
    for (let left = count; left > 0; left -= atOnce) yield many.slice(0, left * unit.length);
  };

/** A text, and after it `x` until there are so many bytes. */
const filled = (start: string, bytes: number): Body =>
  async function* () {
    yield toUtf8(start);
    const many = new Uint8Array(piece).fill(0x78);
    for (let left = bytes - start.length; left > 0; left -= piece) yield many.slice(0, left);
  };
