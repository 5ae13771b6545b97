import { passed } from "../bodies.js";
import { anything, boolean, bytes, headerText, optional, text, whole } from "../checks.js";
import { handleIf } from "../handleIf.js";
import { answer, complete, headOf } from "../heads.js";
import type { Check, Handled, Kind } from "../Kind.js";

/** 200 and text that is no JSON, announced as JSON. */
export type BadJson = Handled & {
  readonly kind: "badJson";
  /** Default: octane's own answer without its last character where it was handled, `{"` otherwise. */
  readonly text?: string;
};

/** 200 and JSON, but not what the call answers with. */
export type WrongShape = Handled & {
  readonly kind: "wrongShape";
  /** Anything JSON can say. Default `{}`. */
  readonly body?: unknown;
};

/** Octane's own answer under another content type. */
export type ContentType = { readonly kind: "contentType"; readonly type: string };

/** A page, as a proxy shows it. */
export type Html = Handled & {
  readonly kind: "html";
  /** 200 to 599. Default 200. */
  readonly status?: number;
  readonly text?: string;
};

/** 204, and no body. */
export type Empty = Handled & { readonly kind: "empty" };

/** An answer of your own, byte for byte. */
export type Answer = Handled & {
  readonly kind: "answer";
  /** 200 to 599. Default 200. */
  readonly status?: number;
  /** Default: `content-type: application/json`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
};

const json = { "content-type": "application/json" };

export const badJson: Kind<BadJson> = {
  fields: { handled: optional(boolean), text: optional(text) },
  deliver: async (fault, exchange) => {
    const real = fault.handled === true ? await (await exchange.handle()).text() : '{"}';
    return answer(200, json, fault.text ?? real.slice(0, -1));
  },
};

export const wrongShape: Kind<WrongShape> = {
  fields: { handled: optional(boolean), body: anything },
  deliver: async (fault, exchange) => {
    await handleIf(fault, exchange);
    return answer(200, json, JSON.stringify(fault.body ?? {}));
  },
};

export const contentType: Kind<ContentType> = {
  fields: { type: headerText },
  deliver: async ({ type }, exchange) => {
    const response = await exchange.handle();
    const head = headOf(response);
    head.headers.set("content-type", type);
    return { head, body: passed(response), ending: complete };
  },
};

export const html: Kind<Html> = {
  fields: { handled: optional(boolean), status: optional(whole(200, 599)), text: optional(text) },
  deliver: async (fault, exchange) => {
    await handleIf(fault, exchange);
    const { status = 200, text: page = `<!doctype html><title>${status}</title><h1>${status}</h1>` } = fault;
    return answer(status, { "content-type": "text/html; charset=utf-8" }, page);
  },
};

export const empty: Kind<Empty> = {
  fields: { handled: optional(boolean) },
  deliver: async (fault, exchange) => {
    await handleIf(fault, exchange);
    return answer(204, {}, "");
  },
};

const headerFields: Check = (field, value) => {
  if (typeof value !== "object" || value === null)
    throw new TypeError(`${field} must be an object of strings.`);
  for (const [name, each] of Object.entries(value)) headerText(`${field}["${name}"]`, each);
};

export const answerOfYourOwn: Kind<Answer> = {
  fields: {
    handled: optional(boolean),
    status: optional(whole(200, 599)),
    headers: optional(headerFields),
    body: bytes,
  },
  deliver: async (fault, exchange) => {
    await handleIf(fault, exchange);
    return answer(fault.status ?? 200, fault.headers ?? json, fault.body);
  },
};
