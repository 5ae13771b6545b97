import { bytesOf, passed } from "../bodies.js";
import { boolean, headerText, oneOf, optional, wholeOrEndless } from "../checks.js";
import { codingsOf } from "../codings.js";
import type { Body, Coding } from "../Delivery.js";
import { handleIf } from "../handleIf.js";
import { answer, complete, headOf } from "../heads.js";
import type { Exchange, Handled, Kind } from "../Kind.js";
import { isStreamRoute } from "../routes.js";

/** 200 and a small body that unpacks to a large one: spaces, announced as what the route answers with. */
export type Bomb = Handled & {
  readonly kind: "bomb";
  readonly encoding: Coding;
  /** How many bytes it unpacks to; Infinity for one without end. */
  readonly bytes: number;
};

/** 200 and a body that never ends: spaces, announced as what the route answers with. No more are made than are read. */
export type Endless = Handled & { readonly kind: "endless" };

/**
 * Octane's own answer under another `Content-Encoding`. Where the list has `gzip`, `br` and `deflate` only, the body is
 * really put through them, first one first; otherwise it stays as it is.
 */
export type Encoding = {
  readonly kind: "encoding";
  /** The header: `"br, gzip"`, for instance, or a name that nobody knows. */
  readonly encoding: string;
};

export const bomb: Kind<Bomb> = {
  fields: {
    handled: optional(boolean),
    encoding: oneOf("gzip", "br", "deflate"),
    bytes: wholeOrEndless(1),
  },
  deliver: async (fault, exchange) => {
    await handleIf(fault, exchange);
    const headers = { ...typeOf(exchange), "content-encoding": fault.encoding };
    return { ...answer(200, headers, spaces(fault.bytes)), codings: [fault.encoding] };
  },
};

export const endless: Kind<Endless> = {
  fields: { handled: optional(boolean) },
  deliver: async (fault, exchange) => {
    await handleIf(fault, exchange);
    return answer(200, typeOf(exchange), spaces(Number.POSITIVE_INFINITY));
  },
};

export const encoding: Kind<Encoding> = {
  fields: { encoding: headerText },
  deliver: async (fault, { route, handle }) => {
    const response = await handle();
    const head = headOf(response);
    head.headers.set("content-encoding", fault.encoding);
    const codings = codingsOf(fault.encoding) ?? [];
    // A stream has no end to wait for.
    const body = isStreamRoute(route) ? passed(response) : await bytesOf(response);
    return { head, body, codings, ending: complete };
  },
};

function typeOf({ route }: Exchange): { "content-type": string } {
  return { "content-type": isStreamRoute(route) ? "text/event-stream" : "application/json" };
}

const chunk: Uint8Array = new Uint8Array(64 * 1024).fill(0x20);

const spaces = (bytes: number): Body =>
  async function* () {
    for (let left = bytes; left > 0; left -= chunk.length) yield chunk.slice(0, left);
  };
