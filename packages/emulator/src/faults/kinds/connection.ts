import { toUtf8 } from "../../encoding/utf8.js";
import { bytesOf, firstBytes, passed } from "../bodies.js";
import { boolean, bytes, optional, whole } from "../checks.js";
import type { Delivery, Ending } from "../Delivery.js";
import { handleIf } from "../handleIf.js";
import { headOf } from "../heads.js";
import type { Exchange, Handled, Kind } from "../Kind.js";

/** Nobody accepts the connection: `ECONNREFUSED`. On a socket, which is open already, a reset before anything else. */
export type Refuse = { readonly kind: "refuse" };

/** The connection is reset (RST, `ECONNRESET`): instead of an answer, or after some bytes of octane's own. */
export type Reset = Handled & {
  readonly kind: "reset";
  /** How many bytes of the body arrive before. Octane has done what it was asked then. Default: no answer at all. */
  readonly bytes?: number;
};

/** The connection is closed (FIN, `UND_ERR_SOCKET`) before the answer is complete, without a word of its length. */
export type HalfClose = Handled & {
  readonly kind: "halfClose";
  /** How many bytes of the body arrive before. Octane has done what it was asked then. Default: no answer at all. */
  readonly bytes?: number;
};

/** Octane's own answer and its whole `Content-Length`, but only the first bytes of it; then the connection is closed. */
export type Truncate = { readonly kind: "truncate"; readonly bytes: number };

/** Bytes that are no HTTP. */
export type Garbage = Handled & {
  readonly kind: "garbage";
  /** Default: a few that no protocol has. */
  readonly bytes?: string | Uint8Array;
};

/** Nothing comes, and the connection stays open. */
export type Hang = Handled & { readonly kind: "hang" };

/** Octane's own answer stops coming after some bytes of its body, and the connection stays open. */
export type Stall = {
  readonly kind: "stall";
  /** How many bytes arrive before. Default 0: the headers only. */
  readonly bytes?: number;
};

export const refuse: Kind<Refuse> = { fields: {}, deliver: async () => ({ ending: { kind: "refuse" } }) };

export const reset: Kind<Reset> = {
  fields: { handled: optional(boolean), bytes: optional(whole(0)) },
  deliver: async (fault, exchange) => breakOff(fault, exchange, { kind: "reset" }),
};

export const halfClose: Kind<HalfClose> = {
  fields: { handled: optional(boolean), bytes: optional(whole(0)) },
  deliver: async (fault, exchange) => breakOff(fault, exchange, { kind: "close" }),
};

export const truncate: Kind<Truncate> = {
  fields: { bytes: whole(0) },
  deliver: async ({ bytes: most }, exchange) => {
    const response = await exchange.handle();
    if (isStream(response)) return first(response, most, { kind: "close" });
    const head = headOf(response);
    const whole = await bytesOf(response);
    head.headers.set("content-length", String(Math.max(whole.length, most + 1)));
    return { head, body: firstBytes(passed(new Response(whole.slice())), most), ending: { kind: "close" } };
  },
};

export const garbage: Kind<Garbage> = {
  fields: { handled: optional(boolean), bytes: optional(bytes) },
  deliver: async (fault, exchange) => {
    await handleIf(fault, exchange);
    const { bytes: given = "\u0000\u0001 garbage \u0002\r\n\r\n" } = fault;
    return { ending: { kind: "garbage", bytes: typeof given === "string" ? toUtf8(given) : given } };
  },
};

export const hang: Kind<Hang> = {
  fields: { handled: optional(boolean) },
  deliver: async (fault, exchange) => {
    await handleIf(fault, exchange);
    return { ending: { kind: "stall" } };
  },
};

export const stall: Kind<Stall> = {
  fields: { bytes: optional(whole(0)) },
  deliver: async ({ bytes: most = 0 }, exchange) => first(await exchange.handle(), most, { kind: "stall" }),
};

async function breakOff(fault: Reset | HalfClose, exchange: Exchange, ending: Ending): Promise<Delivery> {
  if (fault.bytes !== undefined) return first(await exchange.handle(), fault.bytes, ending);
  await handleIf(fault, exchange);
  return { ending };
}

function first(response: Response, most: number, ending: Ending): Delivery {
  return { head: headOf(response), body: firstBytes(passed(response), most), ending };
}

function isStream(response: Response): boolean {
  return response.headers.get("content-type") === "text/event-stream";
}
