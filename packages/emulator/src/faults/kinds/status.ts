import { systemRandom, uuid } from "../../random.js";
import { boolean, headerText, oneOf, optional, text, whole } from "../checks.js";
import type { Delivery } from "../Delivery.js";
import { handleIf } from "../handleIf.js";
import { answer } from "../heads.js";
import type { Exchange, Handled, Kind } from "../Kind.js";

/** A refusal in the protocol's form. */
export type Status = Handled & {
  readonly kind: "status";
  /** 400 to 599. */
  readonly status: number;
  /** `error.code`. Default: the one the protocol page has for the status, or `internal_error`. */
  readonly code?: string;
  readonly message?: string;
  /** The header `Retry-After`, as it is to be sent: seconds or a date, or nonsense. */
  readonly retryAfter?: string;
};

/** The user's appliance cannot be reached: 503 `appliance_offline`. */
export type Offline = { readonly kind: "offline"; readonly retryAfter?: string };

/** The user did not decide in time: 408 `user_timeout`. */
export type UserTimeout = Handled & { readonly kind: "userTimeout" };

/** Another place to ask. */
export type Redirect = Handled & {
  readonly kind: "redirect";
  readonly status: 301 | 302 | 303 | 307 | 308;
  readonly location: string;
};

const codes: Readonly<Record<number, string>> = {
  400: "bad_request",
  401: "unauthorized",
  403: "policy_denied",
  404: "not_found",
  408: "user_timeout",
  413: "body_too_large",
  415: "unsupported_media_type",
  429: "rate_limited",
  502: "bad_gateway",
  503: "appliance_offline",
  504: "gateway_timeout",
};

export const status: Kind<Status> = {
  fields: {
    handled: optional(boolean),
    status: whole(400, 599),
    code: optional(text),
    message: optional(text),
    retryAfter: optional(headerText),
  },
  deliver: async (fault, exchange) => {
    const { code = codes[fault.status] ?? "internal_error" } = fault;
    const { message = `A fault: the emulator was told to answer ${fault.status}.` } = fault;
    return refusal(fault, exchange, { status: fault.status, code, message, retryAfter: fault.retryAfter });
  },
};

export const offline: Kind<Offline> = {
  fields: { retryAfter: optional(headerText) },
  deliver: async ({ retryAfter }, exchange) => {
    const message = "The user's appliance cannot be reached: try again once it is online.";
    return refusal({}, exchange, { status: 503, code: "appliance_offline", message, retryAfter });
  },
};

export const userTimeout: Kind<UserTimeout> = {
  fields: { handled: optional(boolean) },
  deliver: async (fault, exchange) => {
    const message = "The user did not decide in time: ask again when the user is there.";
    return refusal(fault, exchange, { status: 408, code: "user_timeout", message, retryAfter: undefined });
  },
};

export const redirect: Kind<Redirect> = {
  fields: {
    handled: optional(boolean),
    status: oneOf(301, 302, 303, 307, 308),
    location: headerText,
  },
  deliver: async (fault, exchange) => {
    await handleIf(fault, exchange);
    return answer(fault.status, { location: fault.location }, "");
  },
};

type RefusalParts = {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfter: string | undefined;
};

async function refusal(
  fault: Handled,
  exchange: Exchange,
  { status, code, message, retryAfter }: RefusalParts,
): Promise<Delivery> {
  await handleIf(fault, exchange);
  const headers = {
    "content-type": "application/json",
    ...(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
  };
  const body = { error: { code, message }, request_id: uuid(systemRandom) };
  return answer(status, headers, JSON.stringify(body));
}
